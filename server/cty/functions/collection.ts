import { listFunctions } from './collectionLists';
import { mapFunctions } from './collectionMaps';
import { queryFunctions } from './collectionQueries';
import { setFunctions } from './collectionSets';
import type { FunctionTable } from './function';

/** The functions of lists, sets, tuples, maps and objects. */
export const collectionFunctions: FunctionTable = {
  ...listFunctions,
  ...mapFunctions,
  ...queryFunctions,
  ...setFunctions,
};
