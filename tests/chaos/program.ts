import { eksInputs } from "../dynamic/inputs";
import type { Declaration, Props } from "./engine";
import type { Environment, Program } from "./schedule";

/** Where a stack's Platform is. */
export interface Connection {
    endpoint: string;
    workspaceId: number;
}

export const LABEL = { name: "team", value: "genomics" };

const SEED = "acme/pipelines/chaos";

export const environmentName = (slot: number): string => `environment-${slot}`;
export const credentialName = (which: number): string => `credential-${which}`;
export const roleOf = (role: number): string => `arn:aws:iam::123456789012:role/seqera-${role}`;

/** What the program wants of an environment's properties, as far as a test can see them in the Platform. */
export function wantedOf({ namespace, description }: Environment): { namespace: string; description: string } {
    return { namespace: `namespace-${namespace}`, description: description === 0 ? "" : `description ${description}` };
}

/** The resources of a program, in the order in which a program makes them. */
export function declarations(program: Program, connection: Connection): Declaration[] {
    const environments = program.environments.flatMap((each, slot) => (each === null ? [] : [{ ...each, slot }]));
    const primary = environments.find(({ slot }) => slot === program.primary);
    return [
        ...program.roles.map((role, which): Declaration => ({
            kind: "credentials",
            name: credentialName(which),
            dependsOn: [],
            inputs: () => ({
                ...connection,
                namePrefix: credentialName(which),
                nameSeed: SEED,
                aws: { assumeRoleArn: roleOf(role) },
            }),
        })),
        ...(environments.some(({ labelled }) => labelled)
            ? [{ kind: "label" as const, name: "label", dependsOn: [], inputs: () => ({ ...connection, ...LABEL }) }]
            : []),
        ...environments.map((each): Declaration => ({
            kind: "computeEnv",
            name: environmentName(each.slot),
            dependsOn: [credentialName(each.credential), ...(each.labelled ? ["label"] : [])],
            inputs: (idOf) => ({ ...connection, ...environmentInputs(each, each.slot, idOf) }),
        })),
        ...(primary === undefined
            ? []
            : [
                  {
                      kind: "primaryComputeEnv" as const,
                      name: "primary",
                      dependsOn: [environmentName(primary.slot)],
                      inputs: (idOf: (name: string) => string) => ({
                          ...connection,
                          computeEnvId: idOf(environmentName(primary.slot)),
                      }),
                  },
              ]),
    ];
}

function environmentInputs(each: Environment, slot: number, idOf: (name: string) => string): Props {
    const { namespace, description } = wantedOf(each);
    const {
        namePrefix: _prefix,
        nameSeed: _seed,
        resourceUrn: _urn,
        ...inputs
    } = eksInputs({ namespace }, idOf(credentialName(each.credential)));
    return {
        ...inputs,
        ...(each.name === 0
            ? { namePrefix: environmentName(slot), nameSeed: SEED }
            : { name: `${environmentName(slot)}-named-${each.name}`, nameSeed: SEED }),
        resourceUrn: `urn:pulumi:chaos::pipelines::pulumi-nodejs:dynamic/seqera:ComputeEnv::${environmentName(slot)}`,
        ...(description === "" ? {} : { description }),
        ...(each.labelled ? { labelIds: [Number(idOf("label"))] } : {}),
        ...(each.adopt ? { adopt: `${environmentName(slot)}-named-${each.name}` } : {}),
        createTimeoutSeconds: 0.4,
        deleteTimeoutSeconds: 0.4,
    };
}
