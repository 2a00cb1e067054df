import { until } from './availability';
import type { Availability } from './availability';

/** Releases that took each experiment; a release that has what came of it takes it no more. */
export const experiments: Readonly<Record<string, Availability>> = {
  variable_validation: until('0.13', '0.12.20'),
  provider_sensitive_attrs: until('0.15', '0.14'),
  module_variable_optional_attrs: until('1.3', '0.14'),
};
