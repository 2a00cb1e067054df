import { bytes, flag, index, integer, many, map, message, one, recursiveMessage, text } from './protobuf';
import type { Message, MessageOf } from './protobuf';

/**
 * The messages of Terraform's plugin protocol, version 6.8, as far as the sandbox speaks it. Names and numbers are
 * those of docs/plugin-protocol/tfplugin6.8.proto in hashicorp/terraform; later versions only add fields.
 */

export const dynamicValueFields = { msgpack: bytes(1), json: bytes(2) };
export const dynamicValue = message(dynamicValueFields);
export type DynamicValue = MessageOf<typeof dynamicValueFields>;

const pathStepFields = { attributeName: text(1), elementKeyString: text(2), elementKeyInt: index(3) };
const attributePathFields = { steps: many(1, message(pathStepFields)) };
const attributePath = message(attributePathFields);
export type AttributePath = MessageOf<typeof attributePathFields>;

export const severity = { error: 1, warning: 2 } as const;
const diagnosticFields = {
  severity: integer(1),
  summary: text(2),
  detail: text(3),
  attribute: one(4, attributePath),
};
const diagnostic = message(diagnosticFields);
export type ProtocolDiagnostic = MessageOf<typeof diagnosticFields>;

export const nestingNumbers = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;

export interface AttributeMessage {
  readonly name?: string;
  readonly type?: Uint8Array;
  readonly nestedType?: ObjectMessage;
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly writeOnly?: boolean;
}

export interface ObjectMessage {
  readonly attributes?: readonly AttributeMessage[];
  readonly nesting?: number;
}

export interface NestedBlockMessage {
  readonly typeName?: string;
  readonly block?: BlockMessage;
  readonly nesting?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface BlockMessage {
  readonly attributes?: readonly AttributeMessage[];
  readonly blockTypes?: readonly NestedBlockMessage[];
  readonly deprecated?: boolean;
}

const attributeMessage: Message<AttributeMessage> = recursiveMessage(() => ({
  name: text(1),
  type: bytes(2),
  description: text(3),
  required: flag(4),
  optional: flag(5),
  computed: flag(6),
  sensitive: flag(7),
  deprecated: flag(9),
  nestedType: one(10, objectMessage),
  writeOnly: flag(11),
}));
const objectMessage: Message<ObjectMessage> = recursiveMessage(() => ({
  attributes: many(1, attributeMessage),
  nesting: integer(3),
}));
const nestedBlockMessage: Message<NestedBlockMessage> = recursiveMessage(() => ({
  typeName: text(1),
  block: one(2, blockMessage),
  nesting: integer(3),
  minItems: integer(4),
  maxItems: integer(5),
}));
const blockMessage: Message<BlockMessage> = recursiveMessage(() => ({
  attributes: many(2, attributeMessage),
  blockTypes: many(3, nestedBlockMessage),
  deprecated: flag(6),
}));

const schemaFields = { version: integer(1), block: one(2, blockMessage) };
const schema = message(schemaFields);
export type SchemaMessage = MessageOf<typeof schemaFields>;

const capabilities = message({
  planDestroy: flag(1),
  getProviderSchemaOptional: flag(2),
  moveResourceState: flag(3),
});

const parameterFields = {
  name: text(1),
  type: bytes(2),
  allowNullValue: flag(3),
  allowUnknownValues: flag(4),
  description: text(5),
};
const functionFields = {
  parameters: many(1, message(parameterFields)),
  variadicParameter: one(2, message(parameterFields)),
  return: one(3, message({ type: bytes(1) })),
  summary: text(4),
  description: text(5),
  deprecationMessage: text(7),
};
const functionMessage = message(functionFields);
export type FunctionMessage = MessageOf<typeof functionFields>;

const empty = message({});
const rawState = message({ json: bytes(1) });
const configOnly = message({ config: one(1, dynamicValue) });
const typedConfig = message({ typeName: text(1), config: one(2, dynamicValue) });
const diagnosticsOnly = message({ diagnostics: many(1, diagnostic) });
const imported = message({ typeName: text(1), state: one(2, dynamicValue), private: bytes(3) });

/** Request and answer of every call the sandbox serves, by the method's name on the wire. */
export const methods = {
  GetMetadata: { request: empty, response: message({ serverCapabilities: one(1, capabilities) }) },
  GetProviderSchema: {
    request: empty,
    response: message({
      provider: one(1, schema),
      resourceSchemas: map(2, schema),
      dataSourceSchemas: map(3, schema),
      diagnostics: many(4, diagnostic),
      serverCapabilities: one(6, capabilities),
      functions: map(7, functionMessage),
      ephemeralResourceSchemas: map(8, schema),
    }),
  },
  GetFunctions: {
    request: empty,
    response: message({ functions: map(1, functionMessage), diagnostics: many(2, diagnostic) }),
  },
  CallFunction: {
    request: message({ name: text(1), arguments: many(2, dynamicValue) }),
    response: message({
      result: one(1, dynamicValue),
      error: one(2, message({ text: text(1), functionArgument: index(2) })),
    }),
  },
  ValidateProviderConfig: { request: configOnly, response: message({ diagnostics: many(2, diagnostic) }) },
  ValidateResourceConfig: { request: typedConfig, response: diagnosticsOnly },
  ValidateDataResourceConfig: { request: typedConfig, response: diagnosticsOnly },
  ValidateEphemeralResourceConfig: { request: typedConfig, response: diagnosticsOnly },
  ConfigureProvider: {
    request: message({ terraformVersion: text(1), config: one(2, dynamicValue) }),
    response: diagnosticsOnly,
  },
  UpgradeResourceState: {
    request: message({ typeName: text(1), version: integer(2), rawState: one(3, rawState) }),
    response: message({ upgradedState: one(1, dynamicValue), diagnostics: many(2, diagnostic) }),
  },
  ReadResource: {
    request: message({ typeName: text(1), currentState: one(2, dynamicValue), private: bytes(3) }),
    response: message({
      newState: one(1, dynamicValue),
      diagnostics: many(2, diagnostic),
      private: bytes(3),
    }),
  },
  PlanResourceChange: {
    request: message({
      typeName: text(1),
      priorState: one(2, dynamicValue),
      proposedNewState: one(3, dynamicValue),
      config: one(4, dynamicValue),
      priorPrivate: bytes(5),
    }),
    response: message({
      plannedState: one(1, dynamicValue),
      requiresReplace: many(2, attributePath),
      plannedPrivate: bytes(3),
      diagnostics: many(4, diagnostic),
      legacyTypeSystem: flag(5),
    }),
  },
  ApplyResourceChange: {
    request: message({
      typeName: text(1),
      priorState: one(2, dynamicValue),
      plannedState: one(3, dynamicValue),
      config: one(4, dynamicValue),
      plannedPrivate: bytes(5),
    }),
    response: message({
      newState: one(1, dynamicValue),
      private: bytes(2),
      diagnostics: many(3, diagnostic),
      legacyTypeSystem: flag(4),
    }),
  },
  ImportResourceState: {
    request: message({ typeName: text(1), id: text(2) }),
    response: message({ importedResources: many(1, imported), diagnostics: many(2, diagnostic) }),
  },
  MoveResourceState: {
    request: message({
      sourceTypeName: text(2),
      sourceState: one(4, rawState),
      targetTypeName: text(5),
    }),
    response: message({ targetState: one(1, dynamicValue), diagnostics: many(2, diagnostic) }),
  },
  ReadDataSource: {
    request: typedConfig,
    response: message({ state: one(1, dynamicValue), diagnostics: many(2, diagnostic) }),
  },
  OpenEphemeralResource: {
    request: typedConfig,
    response: message({ diagnostics: many(1, diagnostic), result: one(3, dynamicValue) }),
  },
  RenewEphemeralResource: { request: empty, response: empty },
  CloseEphemeralResource: { request: empty, response: empty },
  StopProvider: { request: empty, response: empty },
};

export type MethodName = keyof typeof methods;
export type RequestOf<M extends MethodName> =
  (typeof methods)[M]['request'] extends Message<infer T> ? T : never;
export type ResponseOf<M extends MethodName> =
  (typeof methods)[M]['response'] extends Message<infer T> ? T : never;
