import type { FunctionTable } from './function';
import { stringValue, unknownValue } from '../value';
import { isWhollyKnown, parameter, textOf } from './argumentValues';
import { jsonText } from './jsonText';
import { parseJson } from './jsonValue';

/** Functions of JSON. Facts: go-cty `function/stdlib/json.go`, Go's `encoding/json`. */
export const jsonFunctions: FunctionTable = {
  jsondecode: {
    parameters: [parameter('str', 'string')],
    type: ([str]) => (str?.kind === 'known' ? parseJson(textOf(str)).type : 'dynamic'),
    call: ([str]) => parseJson(textOf(str)),
  },
  jsonencode: {
    parameters: [{ ...parameter('val', 'dynamic'), allowUnknown: true, allowDynamic: true, allowNull: true }],
    type: 'string',
    notNull: true,
    call: ([value]) =>
      value && isWhollyKnown(value) ? stringValue(jsonText(value)) : unknownValue('string', true),
  },
};
