import { FunctionError, textArgument } from './providerFunction';
import type { Implementation } from './providerFunction';

/** provider::google::…: https://registry.terraform.io/providers/hashicorp/google/latest/docs/functions/location_from_id. */
export const googleFunctions: Readonly<Record<string, Implementation>> = {
  location_from_id: fromId(/locations\/([^/]+)\//, 'locations/{location}/'),
  name_from_id: fromId(/([^/]+)$/, 'resourceType/{name}$'),
  project_from_id: fromId(/projects\/([^/]+)\//, 'projects/{project}/'),
  region_from_id: fromId(/regions\/([^/]+)\//, 'regions/{region}/'),
  zone_from_id: fromId(/zones\/([^/]+)\//, 'zones/{zone}/'),
  region_from_zone: {
    parameters: [['zone', 'string']],
    returns: 'string',
    call: (values) => {
      const zone = textArgument(values, 0);
      const parts = zone.split('-');
      if (parts.length < 3)
        throw new FunctionError(
          `"${zone}" is no zone: a region and a letter are needed, as in us-central1-a`,
          0,
        );
      return parts.slice(0, -1).join('-');
    },
  },
};

function fromId(pattern: RegExp, shown: string): Implementation {
  return {
    parameters: [['id', 'string']],
    returns: 'string',
    call: (values) => {
      const id = textArgument(values, 0);
      const found = pattern.exec(id)?.[1];
      if (found === undefined)
        throw new FunctionError(
          `The input string "${id}" doesn't contain the expected pattern "${shown}".`,
          0,
        );
      return found;
    },
  };
}
