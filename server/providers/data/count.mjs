/**
 * How much a provider holds. Shown and kept in the manifest: a change of more than a few per cent in an update wants
 * an explanation.
 *
 * @param {Map<string, object>} blocks by `<kind>.<name>`
 */
export function count(blocks, functions) {
  const total = { resources: 0, data: 0, ephemeral: 0, functions: functions.length, attributes: 0, blocks: 0, described: 0 };
  const visitAttributes = (group) => {
    for (const attribute of Object.values(group)) {
      total.attributes += 1;
      if (attribute.description !== undefined) total.described += 1;
      if (attribute.nested !== undefined) visitAttributes(attribute.nested.attributes);
    }
  };
  const visit = (block) => {
    visitAttributes(block.attributes);
    for (const nested of Object.values(block.blocks)) {
      total.blocks += 1;
      visit(nested.block);
    }
  };
  for (const [key, block] of blocks) {
    if (key.startsWith('resource.')) total.resources += 1;
    if (key.startsWith('data.')) total.data += 1;
    if (key.startsWith('ephemeral.')) total.ephemeral += 1;
    visit(block);
  }
  return total;
}
