/** The export of a scalar function: the qname with every dot as an underscore. */
export function scalarExport(qname: string): string {
  return `invoke_${qname.replaceAll(".", "_")}`;
}
