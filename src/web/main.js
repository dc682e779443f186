// SPDX-License-Identifier: GPL-3.0-or-later

import { Session } from './call/session.js';
import { _, language } from './i18n/i18n.js';
import { LocalMedia } from './media/local-media.js';
import { parseJoinLink } from './protocol/join-link.js';
import { parseJson } from './protocol/json.js';
import { deriveRoomKeys } from './protocol/room-keys.js';
import { integer } from './protocol/fields.js';
import { CallView } from './views/call.js';
import { EndedView } from './views/ended.js';
import { LobbyView } from './views/lobby.js';
import { NoticeView } from './views/notice.js';

const NAME_KEY = 'name';

/** Shows one view after another: lobby, call, ended. */
class Page {
  #view = null;
  #link = null;
  #keys = null;
  #media = new LocalMedia();
  #session = null;

  constructor() {
    document.documentElement.lang = language;
    document.title = _('Duologue Call');
    globalThis.addEventListener('hashchange', () => globalThis.location.reload());
    globalThis.addEventListener('keydown', (event) => this.#key(event));
  }

  start() {
    const obstacle = this.#readLink() ?? this.#findObstacle();
    if (obstacle !== null) {
      this.#show(new NoticeView(obstacle, globalThis.location.host, this.#link));
      return;
    }
    this.#keys = deriveRoomKeys(this.#link.symbols);
    this.#media.start();
    this.#showLobby();
  }

  /* What a messenger may have added to the address besides the code does not matter. */
  #readLink() {
    const { origin, hash } = globalThis.location;
    try {
      this.#link = parseJoinLink(`${origin}/call${hash}`);
      return null;
    } catch (error) {
      return error.kind === 'code-mistyped' ? 'code-mistyped' : 'code';
    }
  }

  #findObstacle() {
    if (LocalMedia.obstacle !== null || !globalThis.crypto?.subtle) return 'insecure';
    return typeof RTCPeerConnection === 'function' ? null : 'webrtc';
  }

  #showLobby() {
    this.#show(
      new LobbyView({
        link: this.#link,
        media: this.#media,
        displayName: this.#rememberedName(),
        askCompany: () => this.#askCompany(),
        join: (name) => this.#join(name),
      }),
    );
  }

  #rememberedName() {
    try {
      return globalThis.localStorage.getItem(NAME_KEY) ?? '';
    } catch {
      return '';
    }
  }

  #rememberName(name) {
    try {
      globalThis.localStorage.setItem(NAME_KEY, name);
    } catch {
      /* Storage may be switched off. */
    }
  }

  async #askCompany() {
    try {
      const { roomId } = await this.#keys;
      const response = await fetch(`/parties/main/${roomId}`, { cache: 'no-store' });
      const participants = integer(parseJson(await response.text()), 'participants', 0);
      if (participants === 0) return 'nobody';
      return participants === 1 ? 'somebody' : 'full';
    } catch {
      return 'unreachable';
    }
  }

  #join(displayName) {
    this.#rememberName(displayName);
    const session = new Session({
      link: this.#link,
      displayName,
      media: this.#media,
      keys: this.#keys,
    });
    session.on('change', () => this.#sessionChanged(session));
    this.#session = session;
    this.#show(new CallView({ session, media: this.#media }));
    session.join();
  }

  #sessionChanged(session) {
    if (session !== this.#session || session.state !== 'ended') return;
    this.#session = null;
    this.#media.stop();
    this.#show(new EndedView({ session, rejoin: () => this.#rejoin() }));
  }

  async #rejoin() {
    this.#media.start();
    this.#join(this.#rememberedName());
  }

  #show(view) {
    this.#view?.close();
    this.#view = view;
    document.body.replaceChildren(document.getElementById('icons'), view.element);
    view.focus();
  }

  #key(event) {
    const isPlain = !event.altKey && !event.metaKey && !event.shiftKey;
    if (!isPlain || event.ctrlKey !== (event.key !== 'Escape')) return;
    if (this.#view?.key(event)) event.preventDefault();
  }
}

new Page().start();
