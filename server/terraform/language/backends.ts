import { lazily } from '../languageBlock';
import type { LanguageBlock } from '../languageBlock';
import { until } from './availability';
import { azurermBackend } from './backends/azurerm';
import { hostedBackends } from './backends/hosted';
import { ownServerBackends } from './backends/ownServers';
import { retiredBackends } from './backends/retired';
import { s3Backend } from './backends/s3';

const labels = ['backend type'];

/** What each backend takes, by its name; with those that newer releases dropped. */
export const backendBlocks = lazily((): Readonly<Record<string, LanguageBlock>> => {
  const azurerm = azurermBackend(labels);
  return {
    azurerm,
    ...hostedBackends(labels),
    ...ownServerBackends(labels),
    s3: s3Backend(labels),
    ...retiredBackends(labels),
    azure: {
      ...azurerm,
      description: 'The old name of the backend for Azure. Use `azurerm`.',
      deprecated: true,
      available: until('1.3'),
    },
  };
});
