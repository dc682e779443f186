// SPDX-License-Identifier: GPL-3.0-or-later

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Properties that are functions become listeners, "class" and those with a dash
 * attributes, null is left out; children are elements or text and never markup.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (name === 'class' || name === 'role' || name === 'for' || name.includes('-'))
      element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** One of the icons of call.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

export function setIcon(element, name) {
  const use = element.querySelector('use');
  if (use.getAttribute('href') !== `#icon-${name}`) use.setAttribute('href', `#icon-${name}`);
}

/** Text that is only written when it is another: live regions would speak it again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows a track, or nothing, in a video element. */
export function showTrack(video, track) {
  const shown = video.srcObject?.getTracks()[0] ?? null;
  if (shown === track) return;
  video.srcObject = track === null ? null : new MediaStream([track]);
}

/** A button with an icon that is on or off. */
export function toggle({ label, click, className = 'switch' }) {
  return h(
    'button',
    { type: 'button', class: className, 'aria-label': label, 'aria-pressed': 'true', click },
    icon('microphone'),
  );
}

export function setToggle(button, { pressed, iconName, title, label = null }) {
  setIcon(button, iconName);
  button.setAttribute('aria-pressed', String(pressed));
  button.title = title;
  if (label !== null) button.setAttribute('aria-label', label);
}
