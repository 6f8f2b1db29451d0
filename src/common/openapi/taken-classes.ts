import { type INestApplication, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';

/** Where Swagger keeps what a field was declared as. */
const PROPERTY_METADATA = 'swagger/apiModelProperties';
const EXTRA_MODELS_METADATA = 'swagger/apiExtraModels';

type Declared = Type | (() => Declared) | readonly Declared[] | string | undefined;

/** The classes that operations take, as validation knows them. */
export interface TakenClasses {
  /** By operation, as `operationId` names it: the classes of its parameters and body. */
  readonly byOperation: ReadonlyMap<string, readonly Type[]>;
  /** By name, with the classes of their fields: what `components.schemas` describes. */
  readonly byName: ReadonlyMap<string, Type>;
}

/** Reads the controllers' own types, so that what is documented is what is checked. */
export function takenClasses(
  app: INestApplication,
  nameOf: (controller: string, method: string) => string,
): TakenClasses {
  const byOperation = new Map<string, readonly Type[]>();
  const byName = new Map<string, Type>();
  for (const controller of controllersOf(app)) {
    const prototype = controller.prototype as Record<string, unknown>;
    for (const method of Object.getOwnPropertyNames(prototype)) {
      const types = (Reflect.getMetadata('design:paramtypes', prototype, method) ?? []) as Type[];
      const taken = types.filter((type) => typeof type === 'function');
      byOperation.set(nameOf(controller.name, method), taken);
      for (const type of [...taken, ...extraModels(prototype[method]), ...bodies(prototype[method])]) {
        collect(type, byName);
      }
    }
    for (const type of extraModels(controller)) collect(type, byName);
  }
  return { byOperation, byName };
}

function controllersOf(app: INestApplication): Type[] {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.flatMap(({ controllers }) =>
    [...controllers.values()].flatMap(({ metatype }) => (metatype ? [metatype as Type] : [])),
  );
}

function extraModels(target: unknown): Type[] {
  if (typeof target !== 'function') return [];
  return (Reflect.getMetadata(EXTRA_MODELS_METADATA, target) ?? []) as Type[];
}

/** A body that a guard opens, and not a parameter of the method. */
function bodies(method: unknown): Type[] {
  if (typeof method !== 'function') return [];
  const declared = (Reflect.getMetadata('swagger/apiParameters', method) ?? []) as {
    in?: string;
    type?: unknown;
  }[];
  return declared.flatMap(({ in: place, type }) =>
    place === 'body' && typeof type === 'function' ? [type as Type] : [],
  );
}

function collect(type: Type, found: Map<string, Type>): void {
  if (typeof type.prototype !== 'object' || found.has(type.name)) return;
  found.set(type.name, type);
  const fields = (Reflect.getMetadata('swagger/apiModelPropertiesArray', type.prototype as object) ??
    []) as string[];
  for (const field of fields) {
    const metadata = Reflect.getMetadata(PROPERTY_METADATA, type.prototype as object, field.slice(1)) as
      { readonly type?: Declared } | undefined;
    const declared = resolved(metadata?.type);
    if (declared !== undefined) collect(declared, found);
  }
}

/** A field's class: given itself, as a list of it, or by a function that was declared before it. */
function resolved(declared: Declared): Type | undefined {
  if (Array.isArray(declared)) return resolved((declared as readonly Declared[])[0]);
  if (typeof declared !== 'function') return undefined;
  const isLazy = declared.prototype === undefined;
  return isLazy ? resolved((declared as () => Declared)()) : (declared as Type);
}
