/** First six and last four digits: the one truncation used everywhere, since two formats together rebuild a number. */
export function maskCardNumber(cardNumber: string): string {
  return `${cardNumber.slice(0, 6)}${'*'.repeat(Math.max(0, cardNumber.length - 10))}${cardNumber.slice(-4)}`;
}

export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** Enough for its owner to know it again: the first character, and the last of three or more. */
export function maskName(name: string): string {
  const characters = [...name];
  const [first = '', ...rest] = characters;
  if (rest.length === 0) return '*';
  const last = rest.length > 1 ? rest.at(-1)! : '';
  return `${first}${'*'.repeat(characters.length - 1 - last.length)}${last}`;
}
