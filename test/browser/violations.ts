/** What would make a screen reader stumble on the page as it is. */
import axe from "axe-core";

/** What axe finds, one readable line each. */
export async function violations(): Promise<string[]> {
  const result = await axe.run(document, { resultTypes: ["violations"] });
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} at ${JSON.stringify(node.target)}: ${node.failureSummary}`),
  );
}
