import { stringValue, unknownValue } from '../value';
import { isWhollyKnown, parameter, textOf } from './argumentValues';
import type { FunctionTable } from './function';
import { yamlText } from './yamlText';
import { parseYaml } from './yamlValue';

/** Facts: go-cty-yaml 1.1. */
export const yamlFunctions: FunctionTable = {
  yamldecode: {
    parameters: [parameter('src', 'string')],
    type: ([src]) => (src?.kind === 'known' ? parseYaml(textOf(src)).type : 'dynamic'),
    call: ([src]) => parseYaml(textOf(src)),
  },
  yamlencode: {
    parameters: [{ ...parameter('value', 'dynamic'), allowNull: true, allowDynamic: true }],
    type: 'string',
    call: ([value]) =>
      value && isWhollyKnown(value) ? stringValue(yamlText(value)) : unknownValue('string'),
  },
};
