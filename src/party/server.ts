// SPDX-License-Identifier: GPL-3.0-or-later

import type * as Party from 'partykit/server';

import { parseIdentity, parseRoom } from './address';
import { Client } from './client';
import { CloseCode } from './close-code';
import { makeIceServers } from './ice-servers';
import { type Limits, readLimits } from './limits';
import { jsonResponse, notFoundResponse, pageResponse } from './pages';
import { Room, type SavedRoom } from './room';

const STORAGE_KEY = 'room';
const REFUSALS = {
  full: CloseCode.full,
  forbidden: CloseCode.notAllowed,
  expired: CloseCode.expired,
} as const;

/**
 * duologue-server's rooms on PartyKit: one object per room. It stays in memory while somebody is
 * connected; seats and expiry are kept in the room's storage, and an alarm ends what is to end when
 * nobody is there to see it.
 */
export default class DuologueRoom implements Party.Server {
  readonly #party: Party.Room;
  readonly #limits: Limits;
  readonly #started: Promise<void>;
  #room: Room<Client> | null = null;
  #pings: ReturnType<typeof setInterval> | null = null;

  constructor(party: Party.Room) {
    this.#party = party;
    this.#limits = readLimits(party.env);
    this.#started = this.#load();
  }

  static onFetch(request: Party.Request): Response {
    const path = new URL(request.url).pathname;
    if (path === '/health') return jsonResponse(request.method, { status: 'ok' });
    return pageResponse(request.method, path, request.headers.get('If-None-Match'));
  }

  /* PartyKit takes whatever stands behind the room's name, too. */
  static onBeforeConnect(request: Party.Request): Party.Request | Response {
    return parseRoom(new URL(request.url).pathname) === null ? notFoundResponse() : request;
  }

  static onBeforeRequest(request: Party.Request): Party.Request | Response {
    return parseRoom(new URL(request.url).pathname) === null ? notFoundResponse() : request;
  }

  async onStart(): Promise<void> {
    await this.#started;
  }

  async onRequest(request: Party.Request): Promise<Response> {
    await this.#started;
    return jsonResponse(request.method, { participants: this.#room?.count ?? 0 });
  }

  async onConnect(socket: Party.Connection, context: Party.ConnectionContext): Promise<void> {
    await this.#started;

    const url = new URL(context.request.url);
    const identity = parseIdentity(url.searchParams);
    const client = new Client(socket, identity?.peerId ?? '', this.#limits, this, Date.now());
    if (identity === null) {
      client.close(CloseCode.malformed);
      return;
    }

    const { expiresAt } = this.#ensureRoom(Date.now());
    const iceServers = await makeIceServers(this.#party.env, identity.peerId, expiresAt);
    const room = this.#ensureRoom(Date.now());
    const verdict = room.join(identity.peerId, identity.secret, client, Date.now());
    if (!verdict.admitted) {
      client.close(REFUSALS[verdict.why]);
      return;
    }

    verdict.replaced?.close(CloseCode.takenOver);
    this.#greet(client, parseRoom(url.pathname) ?? '', iceServers);
    this.#tellGone(verdict.gone, client);
    if (verdict.announce) this.#announce(client);
    this.#watchPings();
    this.#save();
  }

  onAlarm(): void {
    const now = Date.now();
    if (this.#room === null) return;

    this.#tellGone(this.#room.giveUpSeats(now));
    if (this.#room.isOver(now)) this.#end();
    else this.#save();
  }

  /** A client's message, for one or for all others. */
  message(sender: Client, to: string | null, text: string): void {
    for (const { id, connection } of this.#room?.participants ?? [])
      if (connection !== sender && (to === null || to === id)) connection.send(text);
  }

  /** A client that has left, or is lost. */
  gone(client: Client, forGood: boolean): void {
    const peerId = this.#room?.leave(client, forGood, Date.now()) ?? null;
    if (peerId !== null) this.#tellGone([peerId], client);
    if (this.#room?.count === 0) this.#stopPings();
    this.#save();
  }

  async #load(): Promise<void> {
    const saved = await this.#party.storage.get<SavedRoom>(STORAGE_KEY);
    if (saved !== undefined) this.#room = new Room(this.#limits.room, Date.now(), saved);
  }

  /* The room, a new one if there is none or only one that is over. */
  #ensureRoom(now: number): Room<Client> {
    if (this.#room?.isOver(now)) this.#end();
    this.#room ??= new Room<Client>(this.#limits.room, now);
    return this.#room;
  }

  #greet(client: Client, name: string, iceServers: object[]): void {
    const participants = this.#room?.participants ?? [];
    client.send({
      type: 'room-joined',
      room: name,
      peerId: client.peerId,
      peers: participants
        .filter(({ connection }) => connection !== client)
        .map(({ id, joinedAt }) => ({ id, joinedAt })),
      iceServers,
      maxParticipants: this.#limits.room.maxParticipants,
      expiresAt: this.#room?.expiresAt,
    });
  }

  #announce(client: Client): void {
    for (const { id, joinedAt, connection } of this.#room?.participants ?? []) {
      const peer = { id, joinedAt };
      if (connection === client) this.#tell({ type: 'peer-joined', peer }, client);
    }
  }

  #tellGone(peerIds: string[], except?: Client): void {
    for (const peerId of peerIds) this.#tell({ type: 'peer-disconnected', peerId }, except);
  }

  #tell(message: object, except?: Client): void {
    for (const { connection } of this.#room?.participants ?? [])
      if (connection !== except) connection.send(message);
  }

  /* The room goes first: nobody hears of the others' leaving a room that is over. */
  #end(): void {
    const participants = this.#room?.participants ?? [];
    this.#room = null;
    this.#stopPings();
    for (const { connection } of participants) connection.close(CloseCode.expired);
    this.#save();
  }

  /* What is sent waits until this is stored; nobody else needs to. */
  #save(): void {
    const { storage } = this.#party;
    if (this.#room === null) {
      void storage.deleteAlarm();
      void storage.deleteAll();
    } else {
      void storage.put(STORAGE_KEY, this.#room.save());
      void storage.setAlarm(this.#room.deadline);
    }
  }

  #watchPings(): void {
    this.#pings ??= setInterval(() => {
      const now = Date.now();
      for (const { connection } of this.#room?.participants ?? []) connection.checkPings(now);
    }, this.#limits.pingInterval);
  }

  #stopPings(): void {
    if (this.#pings !== null) clearInterval(this.#pings);
    this.#pings = null;
  }
}
