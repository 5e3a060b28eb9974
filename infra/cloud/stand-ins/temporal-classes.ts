import * as durations from 'temporal-polyfill/fns/Duration';
import * as instants from 'temporal-polyfill/fns/Instant';
import * as zoned from 'temporal-polyfill/fns/ZonedDateTime';

/** As `Temporal.Instant`. */
export class Instant {
  readonly #record: instants.Record;

  constructor(record: instants.Record) {
    this.#record = record;
  }

  static from(instant: Instant | string): Instant {
    return new Instant(typeof instant === 'string' ? instants.fromString(instant) : instant.#record);
  }

  static fromEpochMilliseconds(milliseconds: number): Instant {
    return new Instant(instants.fromEpochMilliseconds(milliseconds));
  }

  static compare(one: Instant | string, other: Instant | string): number {
    return instants.compare(Instant.from(one).#record, Instant.from(other).#record);
  }

  get epochMilliseconds(): number {
    return this.#record.epochMilliseconds;
  }

  get epochNanoseconds(): bigint {
    return this.#record.epochNanoseconds;
  }

  add(duration: Duration | DurationFields): Instant {
    return new Instant(instants.add(this.#record, recordOf(duration)));
  }

  subtract(duration: Duration | DurationFields): Instant {
    return new Instant(instants.subtract(this.#record, recordOf(duration)));
  }

  round({ roundingMode }: { readonly smallestUnit: 'minute'; readonly roundingMode: 'ceil' }): Instant {
    return new Instant(instants.roundToMinute(this.#record, roundingMode));
  }

  equals(other: Instant): boolean {
    return instants.equals(this.#record, other.#record);
  }

  toZonedDateTimeISO(zone: string): ZonedDateTime {
    return new ZonedDateTime(instants.toZonedDateTimeISO(this.#record, zone));
  }

  toString(options?: instants.ToStringOptions): string {
    return instants.toString(this.#record, options);
  }

  toJSON(): string {
    return instants.toString(this.#record);
  }

  valueOf(): never {
    throw new TypeError('instants are compared by Temporal.Instant.compare');
  }
}

type DurationFields = durations.FromFields;

/** As `Temporal.Duration`. */
export class Duration {
  readonly record: durations.Record;

  constructor(record: durations.Record) {
    this.record = record;
  }

  static from(duration: DurationFields): Duration {
    return new Duration(durations.fromFields(duration));
  }

  toString(): string {
    return durations.toString(this.record);
  }

  toJSON(): string {
    return durations.toString(this.record);
  }

  valueOf(): never {
    throw new TypeError('durations are not compared');
  }
}

const recordOf = (duration: Duration | DurationFields): durations.Record =>
  duration instanceof Duration ? duration.record : durations.fromFields(duration);

/** As `Temporal.ZonedDateTime`, of which the offsets of a time zone are asked. */
export class ZonedDateTime {
  readonly #record: zoned.Record;

  constructor(record: zoned.Record) {
    this.#record = record;
  }

  get epochMilliseconds(): number {
    return this.#record.epochMilliseconds;
  }

  get offsetNanoseconds(): number {
    return zoned.offsetNanoseconds(this.#record);
  }

  getTimeZoneTransition(direction: 'next' | 'previous'): ZonedDateTime | null {
    const transition = zoned.getTimeZoneTransition(this.#record, direction);
    return transition && new ZonedDateTime(transition);
  }
}

/** As `Temporal.Now`. */
export const Now = {
  instant: (): Instant => Instant.fromEpochMilliseconds(Date.now()),
};
