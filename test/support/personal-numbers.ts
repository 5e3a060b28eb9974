/** A personnummer of nobody: a date as ten digits' first six, three digits, and the check digit (Luhn) that makes it valid. */
export const personnummer = (sixDigits: string, threeDigits: string): string => {
  const digits = `${sixDigits}${threeDigits}`;
  return `${digits}${String(checkDigit(digits))}`;
};

/** One for somebody who is not registered in Sweden: the day has 60 added to it. */
export const samordningsnummer = (sixDigits: string, threeDigits: string): string =>
  personnummer(`${sixDigits.slice(0, 4)}${String(Number(sixDigits.slice(4)) + 60)}`, threeDigits);

const checkDigit = (digits: string): number => {
  const sum = Array.from(digits)
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1))
    .reduce((total, product) => total + Math.floor(product / 10) + (product % 10), 0);
  return (10 - (sum % 10)) % 10;
};
