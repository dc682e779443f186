// SPDX-License-Identifier: GPL-3.0-or-later

import type * as Party from 'partykit/server';

import { isPlainText } from '../web/protocol/text.js';
import { Access, type Permission } from './access';
import { type Address, type Identity, parseAddress, parseIdentity } from './address';
import { Client } from './client';
import { CloseCode } from './close-code';
import { makeIceServers } from './ice-servers';
import { type Limits, readLimits } from './limits';
import { emptyResponse, jsonResponse, notFoundResponse, pageResponse } from './pages';
import { Room, type SavedRoom } from './room';

const STORAGE_KEY = 'room';
const ANNOUNCEMENT_MAX_CHARS = 200;
const BODY_MAX = 4096;
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
  readonly #access: Access;
  readonly #started: Promise<void>;
  #room: Room<Client> | null = null;
  #pings: ReturnType<typeof setInterval> | null = null;

  constructor(party: Party.Room) {
    this.#party = party;
    this.#limits = readLimits(party.env);
    this.#access = new Access(party.env);
    this.#started = this.#load();
  }

  static onFetch(request: Party.Request): Response {
    const path = new URL(request.url).pathname;
    if (path === '/health') return jsonResponse(request.method, { status: 'ok' });
    return pageResponse(request.method, path, request.headers.get('If-None-Match'));
  }

  /* PartyKit takes whatever stands behind the room's name, too. */
  static onBeforeConnect(request: Party.Request, lobby: Party.Lobby): Party.Request | Response {
    const url = new URL(request.url);
    if (parseAddress(url.pathname) === null) return notFoundResponse();
    const access = new Access(lobby.env);
    return access.isAllowedOrigin(request.headers.get('Origin'), url.host)
      ? request
      : emptyResponse(403);
  }

  static onBeforeRequest(request: Party.Request): Party.Request | Response {
    return parseAddress(new URL(request.url).pathname) === null ? notFoundResponse() : request;
  }

  async onStart(): Promise<void> {
    await this.#started;
  }

  async onRequest(request: Party.Request): Promise<Response> {
    await this.#started;
    if (request.method === 'POST' && this.#access.restricted)
      return emptyResponse(await this.#announce(request));
    return jsonResponse(request.method, { participants: this.#room?.count ?? 0 });
  }

  async onConnect(socket: Party.Connection, context: Party.ConnectionContext): Promise<void> {
    await this.#started;

    const url = new URL(context.request.url);
    const address = parseAddress(url.pathname);
    const identity = parseIdentity(url.searchParams);
    const client = new Client(socket, identity?.peerId ?? '', this.#limits, this, Date.now());
    if (identity === null || address === null) client.close(CloseCode.malformed);
    else await this.#admit(client, identity, address);
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

  /* Whatever is waited for, the room may be another one afterwards. */
  async #admit(client: Client, identity: Identity, address: Address): Promise<void> {
    const name = `${address.party}/${address.room}`;
    const permission = await this.#permit(identity.token, name);
    if (!permission.granted) {
      client.close(permission.code);
      return;
    }

    const room = this.#ensureRoom(permission.until, Date.now());
    const [iceServers, ticket] = await Promise.all([
      makeIceServers(this.#party.env, identity.peerId, room.expiresAt),
      this.#access.makeTicket(name, room.expiresAt),
    ]);
    const verdict = room.join(identity.peerId, identity.secret, client, Date.now());
    this.#tellGone(verdict.gone, client);
    if (!verdict.admitted || room !== this.#room) {
      client.close(verdict.admitted ? CloseCode.goingAway : REFUSALS[verdict.why]);
      return;
    }

    verdict.replaced?.close(CloseCode.takenOver);
    this.#greet(client, { room: address.room, iceServers, ...ticket });
    this.#tellGone(verdict.moved, client);
    if (verdict.announce) this.#tellJoined(client);
    this.#watchPings();
    this.#save();
  }

  /* Joining a room that has been started needs no permission. */
  async #permit(token: string | null, name: string): Promise<Permission> {
    if (this.#room !== null && !this.#room.isOver(Date.now()))
      return { granted: true, until: Infinity };
    return this.#access.mayStart(token, name, Date.now());
  }

  /* The room, a new one if there is none or only one that is over. */
  #ensureRoom(until: number, now: number): Room<Client> {
    if (this.#room?.isOver(now)) this.#end();
    this.#room ??= new Room<Client>(this.#limits.room, now, undefined, until);
    return this.#room;
  }

  #greet(client: Client, more: { room: string; iceServers: object[]; ticket?: string }): void {
    const participants = this.#room?.participants ?? [];
    client.send({
      type: 'room-joined',
      peerId: client.peerId,
      peers: participants
        .filter(({ connection }) => connection !== client)
        .map(({ id, joinedAt }) => ({ id, joinedAt })),
      maxParticipants: this.#limits.room.maxParticipants,
      expiresAt: this.#room?.expiresAt,
      ...more,
    });
  }

  /* The body of a request, to everybody; returns the HTTP status. */
  async #announce(request: Party.Request): Promise<number> {
    const status = await this.#access.checkAnnouncer(
      request.headers.get('Authorization'),
      Date.now(),
    );
    if (status !== 200) return status;
    if (Number(request.headers.get('Content-Length') ?? Infinity) > BODY_MAX) return 400;

    const text = await request.text();
    if (text === '' || !isPlainText(text, ANNOUNCEMENT_MAX_CHARS)) return 400;
    if (this.#room === null || this.#room.isOver(Date.now())) return 404;
    this.#tell({ type: 'announcement', text });
    return 204;
  }

  #tellJoined(client: Client): void {
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
