import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;

const storage = getMetadataStorage();
const find = storage.getTargetValidationMetadatas.bind(storage);
const group = storage.groupByPropertyName.bind(storage);
const rulesOf = new WeakMap<object, Rules>();
const groupsOf = new WeakMap<Rules, ReturnType<Storage['groupByPropertyName']>>();

/**
 * class-validator goes through every class of the application at each validation, to find the ancestors of the one
 * class, and groups their rules again. Rules are declared when files are loaded and never change, so each class's are
 * found once. Only for validations without groups or schema, which are all of ours.
 */
storage.getTargetValidationMetadatas = (...asked) => {
  const [target, ...further] = asked;
  if (further.some(Boolean)) return find(...asked);
  const known = rulesOf.get(target);
  if (known !== undefined) return known;
  const found = find(...asked);
  rulesOf.set(target, found);
  return found;
};

storage.groupByPropertyName = (rules) => {
  const known = groupsOf.get(rules);
  if (known !== undefined) return known;
  const grouped = group(rules);
  groupsOf.set(rules, grouped);
  return grouped;
};
