import { z } from "zod";
import { PluginError } from "../errors/plugin-error.ts";
import { parseDocument } from "../parse-document.ts";
import { exportStem, QName } from "../qname.ts";
import { type FunctionSignature, functionSignatureSchema } from "./function-signature.ts";

/** A scalar function that a plugin offers. */
export interface ScalarEntry {
  readonly kind: "scalar";
  readonly qname: QName;
  readonly signature: FunctionSignature;
}

export type RegistrationEntry = ScalarEntry;

/** Everything that a plugin offers. */
export interface Registration {
  readonly entries: readonly RegistrationEntry[];
}

const qname = z.string().transform((text, context) => {
  try {
    return QName.parse(text);
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    context.addIssue({ code: "custom", message: error.message });
    return z.NEVER;
  }
});

const scalarEntry = z.strictObject({
  kind: z.literal("scalar"),
  qname,
  signature: functionSignatureSchema,
});

const registrationSchema = z.strictObject({
  entries: z.array(z.discriminatedUnion("kind", [scalarEntry])),
});

/**
 * Parses a registration, strictly: an unknown field is an error that names it.
 *
 * @param pluginId the id that every qname must have as its namespace; without it any will do.
 * @throws PluginError `REGISTRATION_INVALID` with every problem named by its field; also where a
 * qname is outside the plugin's id, or where two entries share an export stem.
 */
export function parseRegistration(json: string, pluginId?: string): Registration {
  const what = pluginId === undefined ? "the registration" : `the registration of ${pluginId}`;
  const registration = parseDocument(json, registrationSchema, "REGISTRATION_INVALID", () => what);
  const stems = new Map<string, QName>();
  for (const [i, { qname }] of registration.entries.entries()) {
    if (pluginId !== undefined && qname.namespace !== pluginId) {
      throw new PluginError(
        "REGISTRATION_INVALID",
        `${what} is not valid: entries[${i}].qname: expected a name in the namespace ${pluginId}, got ${qname}`,
      );
    }
    const stem = exportStem(qname);
    const other = stems.get(stem);
    if (other !== undefined) {
      throw new PluginError(
        "REGISTRATION_INVALID",
        `${what} is not valid: entries[${i}].qname: ${qname} and ${other} have the same export stem ${stem}`,
      );
    }
    stems.set(stem, qname);
  }
  return registration;
}
