const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3];

/** A Korean business number: ten digits, the last one the check digit of the National Tax Service, which zeros alone pass. */
export function isBusinessNumber(value: string): boolean {
  if (!/^\d{10}$/.test(value) || /^0+$/.test(value)) return false;
  const digit = (place: number) => value.charCodeAt(place) - 48;
  let sum = WEIGHTS.reduce((total, weight, place) => total + weight * digit(place), 0);
  sum += Math.floor((digit(8) * 5) / 10) + ((digit(8) * 5) % 10);
  return (10 - (sum % 10)) % 10 === digit(9);
}
