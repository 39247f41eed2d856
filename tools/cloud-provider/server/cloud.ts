/** The provider behind the protocol: it answers from a table, and remembers nothing that is not in state. */

import { createHash } from "node:crypto";
import type { Asked, CloudAnswers, ResourceAnswer } from "../answers";
import type { ResourceName } from "../../plugin/server/structs";
import { equal, type Fields, plain, type Plain, type PlainFields, type Value } from "../../plugin/server/values";
import type { Journal } from "./journal";

export interface Difference {
    readonly changed: string[];
    readonly replaces: string[];
}

export class Cloud {
    private config: PlainFields = {};

    constructor(
        private readonly packageName: string,
        private readonly answers: CloudAnswers,
        private readonly facts: PlainFields,
        private readonly journal: Journal,
    ) {}

    configure(config: Fields): void {
        this.config = opened(config);
    }

    /** The inputs, named where the official provider would name them; the name that state has is kept. */
    check({ type, name, urn }: ResourceName, olds: Fields, news: Fields): Fields {
        const { autoname } = this.kind(type);
        if (autoname === undefined || (news[autoname] ?? null) !== null) {
            return news;
        }
        const ending = createHash("sha256").update(urn).digest("hex").slice(0, 7);
        return { ...news, [autoname]: olds[autoname] ?? `${name}-${ending}` };
    }

    diff({ type }: ResourceName, olds: Fields, news: Fields): Difference {
        const { replaceOn = [] } = this.kind(type);
        const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
        const changed = keys.filter((key) => !equal(known(olds[key]), known(news[key])));
        return { changed, replaces: changed.filter((key) => replaceOn.includes(key)) };
    }

    create(resource: ResourceName, inputs: Fields): { id: string; state: Fields } {
        const { id, outputs } = this.kind(resource.type).made(opened(inputs), this.asked(resource.name));
        this.journal.write({ op: "create", type: resource.type, name: resource.name, id });
        return { id, state: { ...inputs, ...outputs } };
    }

    update(resource: ResourceName, id: string, olds: Fields, inputs: Fields): Fields {
        const { outputs } = this.kind(resource.type).made(opened(inputs), this.asked(resource.name));
        this.journal.write({ op: "update", type: resource.type, name: resource.name, id });
        return { ...olds, ...inputs, ...outputs };
    }

    remove({ type, name }: ResourceName, id: string): void {
        this.journal.write({ op: "delete", type, name, id });
    }

    call(token: string, args: Fields): PlainFields {
        const answer = this.answers.functions?.[token] ?? this.refuse(`the function ${token}`);
        return answer(opened(args), this.asked(""));
    }

    component(type: string, name: string, inputs: Fields): PlainFields {
        const answer = this.answers.components?.[type] ?? this.refuse(`the component ${type}`);
        return answer(opened(inputs), this.asked(name));
    }

    private kind(type: string): ResourceAnswer {
        return this.answers.resources?.[type] ?? this.refuse(`the resource ${type}`);
    }

    private asked(name: string): Asked {
        return { name, config: this.config, facts: this.facts };
    }

    private refuse(what: string): never {
        throw new Error(`the stand-in for the plugin of ${this.packageName} has no answer for ${what}`);
    }
}

/** A missing property and one that is null are the same to a provider. */
function known(value: Value | undefined): Plain {
    return value === undefined ? null : plain(value);
}

function opened(fields: Fields): PlainFields {
    return plain(fields) as PlainFields;
}
