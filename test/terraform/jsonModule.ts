/** By what is special about each module: its files' texts by their names. */
export type JsonModules = Readonly<Record<string, Readonly<Record<string, string>>>>;
