import type { CtyType } from '../type';
import { listValue, objectValue, stringValue } from '../value';
import { parameter, textOf } from './argumentValues';
import { csvRecords } from './csvRecords';
import type { FunctionTable } from './function';
import { quote } from './goQuote';

/** Facts: go-cty `function/stdlib/csv.go`. */
export const csvFunctions: FunctionTable = {
  csvdecode: {
    parameters: [parameter('str', 'string')],
    type: ([str]) => (str?.kind === 'known' ? ['list', rowType(textOf(str))] : 'dynamic'),
    notNull: true,
    call: ([str]) => {
      const text = textOf(str);
      const [headers = [], ...rows] = csvRecords(text);
      return listValue(
        rowType(text),
        rows.map((row) => objectValue(headers.map((name, index) => [name, stringValue(row[index] ?? '')]))),
      );
    },
  },
};

/** The first line names the columns. */
function rowType(text: string): CtyType {
  const first = csvRecords(text).next();
  if (first.done === true) throw new Error('missing header line');
  const columns = new Map<string, CtyType>();
  for (const name of first.value) {
    if (columns.has(name)) throw new Error(`duplicate column name ${quote(name)}`);
    columns.set(name, 'string');
  }
  return ['object', Object.fromEntries(columns)];
}
