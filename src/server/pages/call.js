// SPDX-License-Identifier: GPL-3.0-or-later

// The code of a call is in the fragment, which only the browser has. This hands the whole address to
// the app, and sends it nowhere.

function update() {
  const hasCode = window.location.hash.length > 1;
  const open = document.getElementById("open");

  open.href = "duologue:" + window.location.href;
  open.hidden = !hasCode;
  document.getElementById("broken").hidden = hasCode;
}

window.addEventListener("hashchange", update);
update();
