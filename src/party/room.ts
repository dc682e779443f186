// SPDX-License-Identifier: GPL-3.0-or-later

/** The limits of one room, in milliseconds but for the seats. */
export interface RoomRules {
  /** Seats in the room. */
  maxParticipants: number;
  /** The room ends this long after it began. */
  lifetime: number;
  /** How long a seat waits for its SECRET after a lost connection. */
  seatHold: number;
  /** The room ends this long after the last participant has gone. */
  linger: number;
}

interface Seat<C> {
  peerId: string;
  /** null: nothing is held for this one. */
  secret: string | null;
  /** null while the seat is held. */
  connection: C | null;
  joinedAt: number;
  lostAt: number;
}

/** What is kept of a room while no object of it is in memory. */
export interface SavedRoom {
  expiresAt: number;
  emptySince: number;
  seats: { peerId: string; secret: string | null; joinedAt: number; lostAt: number | null }[];
}

export interface Participant<C> {
  id: string;
  joinedAt: number;
  connection: C;
}

/** What a try to join has changed. */
export type Verdict<C> = {
  /** PEERs whose seats were given up before: the others must be told first. */
  gone: string[];
} & (
  | { admitted: false; why: 'full' | 'forbidden' | 'expired' }
  | {
      admitted: true;
      /** The connection that lost its seat to the new one. */
      replaced: C | null;
      /** The PEER that the seat had until now: it has gone, too. */
      moved: string[];
      /** Whether the others must be told that the new PEER has joined. */
      announce: boolean;
    }
);

/* It takes the same time wherever the two differ, so that no secret is found out bit by bit. */
function sameSecret(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

/**
 * Who sits in one room, and for how long. A pure value: no socket, no clock and no storage of its
 * own. Times are milliseconds since 1970 and handed in; a connection is only compared and given
 * back.
 *
 * A seat belongs to its SECRET: whoever brings it takes the seat, whatever the PEER, and the newest
 * connection wins. A seat that lost its connection is held for its SECRET for a while, and only
 * when it is given up has its PEER gone.
 */
export class Room<C extends object> {
  readonly rules: RoomRules;
  readonly expiresAt: number;
  #emptySince: number;
  #seats: Seat<C>[] = [];

  /** An empty room; with `saved` the room that it was, all connections lost. */
  constructor(rules: RoomRules, now: number, saved?: SavedRoom, until = Infinity) {
    this.rules = rules;
    this.expiresAt = saved?.expiresAt ?? Math.min(now + rules.lifetime, until);
    this.#emptySince = saved?.emptySince ?? now;
    if (saved === undefined) return;

    for (const { peerId, secret, joinedAt, lostAt } of saved.seats) {
      if (lostAt === null) this.#emptySince = now;
      if (secret !== null)
        this.#seats.push({ peerId, secret, joinedAt, lostAt: lostAt ?? now, connection: null });
    }
  }

  save(): SavedRoom {
    return {
      expiresAt: this.expiresAt,
      emptySince: this.#emptySince,
      seats: this.#seats.map(({ peerId, secret, joinedAt, lostAt, connection }) => ({
        peerId,
        secret,
        joinedAt,
        lostAt: connection === null ? lostAt : null,
      })),
    };
  }

  /**
   * Seats a connection: in the seat of its SECRET if there is one, in a free one otherwise. A PEER
   * that sits there without a SECRET is replaced by its next connection, as a PartySocket has no
   * other way back; a PEER that belongs to another SECRET is not.
   */
  join(peerId: string, secret: string | null, connection: C, now: number): Verdict<C> {
    if (this.isExpired(now)) return { gone: [], admitted: false, why: 'expired' };

    const gone = this.giveUpSeats(now);
    let own = secret === null ? undefined : this.#findBySecret(secret);
    const namesake = this.#seats.find((seat) => seat.peerId === peerId);

    const taken = namesake !== undefined && namesake !== own;
    if (taken && (own !== undefined || namesake.secret !== null))
      return { gone, admitted: false, why: 'forbidden' };
    if (taken) {
      own = namesake;
      own.secret = secret;
    }

    if (own === undefined) {
      if (this.#seats.length >= this.rules.maxParticipants)
        return { gone, admitted: false, why: 'full' };
      this.#seats.push({ peerId, secret, connection, joinedAt: now, lostAt: 0 });
      return { gone, admitted: true, replaced: null, moved: [], announce: true };
    }

    const replaced = own.connection;
    const moved = own.peerId === peerId ? [] : [own.peerId];
    if (moved.length > 0) {
      own.peerId = peerId;
      own.joinedAt = now;
    }
    own.connection = connection;

    return { gone, admitted: true, replaced, moved, announce: moved.length > 0 };
  }

  /**
   * Takes a connection out; its seat is held for its SECRET unless it left for good. One that has
   * lost its seat to a newer connection is not there any more: nothing happens then.
   *
   * @returns the PEER that the others must be told has gone
   */
  leave(connection: C, forGood: boolean, now: number): string | null {
    const seat = this.#seats.find((candidate) => candidate.connection === connection);
    if (seat === undefined) return null;

    seat.connection = null;
    seat.lostAt = now;
    if (this.count === 0) this.#emptySince = now;
    if (!forGood && seat.secret !== null) return null;

    this.#seats = this.#seats.filter((candidate) => candidate !== seat);
    return seat.peerId;
  }

  /** Gives up the seats that have waited long enough; returns the PEERs that have gone. */
  giveUpSeats(now: number): string[] {
    const stale = (seat: Seat<C>) =>
      seat.connection === null && now - seat.lostAt >= this.rules.seatHold;
    const gone = this.#seats.filter(stale).map((seat) => seat.peerId);

    this.#seats = this.#seats.filter((seat) => !stale(seat));
    return gone;
  }

  /** Who is connected, in order of joining. */
  get participants(): Participant<C>[] {
    return this.#seats.flatMap(({ peerId, joinedAt, connection }) =>
      connection === null ? [] : [{ id: peerId, joinedAt, connection }],
    );
  }

  /** How many are connected; held seats do not count. */
  get count(): number {
    return this.#seats.filter((seat) => seat.connection !== null).length;
  }

  isExpired(now: number): boolean {
    return now >= this.expiresAt;
  }

  /** Whether the room is to be forgotten: it has expired, or everybody has long gone. */
  isOver(now: number): boolean {
    return this.isExpired(now) || (this.count === 0 && now - this.#emptySince >= this.rules.linger);
  }

  /** When giveUpSeats() or isOver() has to be asked again. */
  get deadline(): number {
    const held = this.#seats
      .filter((seat) => seat.connection === null)
      .map((seat) => seat.lostAt + this.rules.seatHold);
    const over = this.count === 0 ? this.#emptySince + this.rules.linger : this.expiresAt;

    return Math.min(this.expiresAt, over, ...held);
  }

  #findBySecret(secret: string): Seat<C> | undefined {
    return this.#seats.find((seat) => seat.secret !== null && sameSecret(seat.secret, secret));
  }
}
