import { type DataType, Dictionary, type Schema } from "apache-arrow";
import { IpcError } from "../ipc-error.ts";
import { type Layout, layoutOf } from "../layout.ts";

/** A column of a schema at any depth, as far as writing one needs to know. */
export interface ColumnTemplate {
  /** Names from the top of the schema down to this column, joined by dots. */
  readonly path: string;
  readonly type: DataType;
  readonly layout: Layout;
  readonly nullable: boolean;
  /** Those of its own batch: the children of a dictionary-encoded column are its values'. */
  readonly children: readonly ColumnTemplate[];
  /** What its dictionary holds, where it has one. */
  readonly values: ColumnTemplate | undefined;
}

/** The columns of a schema. */
export function columnTemplates(schema: Schema): ColumnTemplate[] {
  return schema.fields.map(({ name, type, nullable }) => templateOf(name, type, nullable));
}

function templateOf(path: string, type: DataType, nullable: boolean): ColumnTemplate {
  const layout = layoutOf(type);
  if (layout === undefined) {
    throw new IpcError("IPC_UNSUPPORTED", `column ${path} has a type that is not known: ${type}`, {
      column: path,
    });
  }
  if (!(type instanceof Dictionary)) {
    const children = (type.children ?? []).map((child) =>
      templateOf(`${path}.${child.name}`, child.type, child.nullable),
    );
    return { path, type, layout, nullable, children, values: undefined };
  }
  if (type.dictionary instanceof Dictionary) {
    throw new IpcError(
      "IPC_UNSUPPORTED",
      `column ${path} is a dictionary of a dictionary (${type}), which the format does not have`,
      { column: path },
    );
  }
  const values = templateOf(path, type.dictionary, true);
  return { path, type, layout, nullable, children: [], values };
}

/** Whether a column has a dictionary, or one at any depth below it has. */
export function hasDictionary({ values, children }: ColumnTemplate): boolean {
  return values !== undefined || children.some(hasDictionary);
}
