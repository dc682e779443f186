// SPDX-License-Identifier: GPL-3.0-or-later

import { _ } from '../i18n/i18n.js';
import { avatar, setAvatar } from './avatar.js';
import { h, setText } from './dom.js';

function waiting(session) {
  if (session.isWaitingForHost)
    return {
      title: _('The Call Has Not Started'),
      body: _('You will be let in as soon as the person who sent the link has joined.'),
    };
  if (!session.isConnected)
    return {
      title: _('Waiting for Somebody to Join'),
      body: _('The server cannot be reached at the moment. Trying again…'),
      isBusy: true,
    };
  return {
    title: _('Waiting for Somebody to Join'),
    body: _('Send this link to the person you want to talk to.'),
    hasLink: true,
  };
}

function joining(session) {
  if (session.isWaitingForHost) return waiting(session);
  const host = session.link.host;
  const isTrying = session.state === 'joining' && !session.isReached;
  return {
    title: _('Joining…'),
    body: isTrying ? _('Reaching {host}', { host }) : '',
    isBusy: true,
  };
}

function connecting(session) {
  const { name } = session.remote;
  return {
    title: name ? _('Connecting to {name}…', { name }) : _('Connecting…'),
    body: session.isBlocked
      ? _('There seems to be no way through: a firewall on one of the two sides may block calls. ' +
          'Another network may help.')
      : '',
    isBusy: true,
    avatarName: name ?? '',
    canLeave: session.isBlocked,
  };
}

function reconnecting(session) {
  const name = session.remote.name || _('The other person');
  const cause = session.isLocalTrouble
    ? _('Your connection was lost.')
    : _('{name}’s connection was lost.', { name });
  return {
    title: _('Reconnecting…'),
    body: session.canGiveUp ? `${cause} ${_('You can wait a little longer or leave.')}` : cause,
    isBusy: true,
    canLeave: session.canGiveUp,
  };
}

/* In a narrow window it breaks before what is the call's own, and nowhere else if it can be helped. */
function linkText(link) {
  const at = link.lastIndexOf('/') + 1;
  const code = h('span', { class: 'code' }, link.slice(at));
  return h('p', { class: 'link-text' }, link.slice(0, at), h('wbr'), code);
}

function look(session) {
  if (session.isFull)
    return {
      title: _('Room Full'),
      body: _('Two people are in this call already. You will be let in if one of them leaves ' +
        'within the next minute.'),
      canLeave: true,
    };
  switch (session.state) {
    case 'waiting':
      return waiting(session);
    case 'connecting':
      return connecting(session);
    case 'reconnecting':
      return reconnecting(session);
    case 'connected':
    case 'ended':
      return null;
    default:
      return joining(session);
  }
}

/** The middle of a call while there is no picture to look at: what is being waited for. */
export class CallStatus {
  #session;

  constructor({ session, leave }) {
    this.#session = session;
    this.avatar = avatar();
    this.spinner = h('div', { class: 'spinner', 'aria-hidden': 'true' });
    this.title = h('h1', {});
    this.body = h('p', {});
    this.link = linkText(session.link.toString());
    this.copied = h('span', {}, _('Copy Link'));
    this.linkBox = h(
      'div',
      { class: 'card link-box' },
      this.link,
      h('button', { type: 'button', class: 'pill small', click: () => this.#copy() }, this.copied),
    );
    this.leave = h('button', { type: 'button', class: 'pill', click: leave }, _('Leave'));
    this.element = h(
      'div',
      { class: 'call-status' },
      this.avatar,
      h('div', { class: 'title-row' }, this.spinner, this.title),
      this.body,
      this.linkBox,
      this.leave,
    );
  }

  async #copy() {
    await navigator.clipboard.writeText(this.#session.link.toString());
    setText(this.copied, _('Copied'));
    setTimeout(() => setText(this.copied, _('Copy Link')), 2_000);
  }

  /** What is shown now, for screen readers too. */
  get text() {
    return this.element.hidden ? '' : `${this.title.textContent} ${this.body.textContent}`.trim();
  }

  update() {
    const shown = look(this.#session);
    this.element.hidden = shown === null;
    if (shown === null) return;
    setText(this.title, shown.title);
    setText(this.body, shown.body);
    this.body.hidden = shown.body === '';
    this.spinner.hidden = shown.isBusy !== true;
    this.linkBox.hidden = shown.hasLink !== true;
    this.leave.hidden = shown.canLeave !== true;
    this.avatar.hidden = shown.avatarName === undefined;
    if (shown.avatarName !== undefined) setAvatar(this.avatar, shown.avatarName);
  }
}
