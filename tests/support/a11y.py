# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a program through its accessibility tree, as a screen reader would: by role and name."""

import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

PATIENCE = 40.0
# What stands between two looks at the tree.
PAUSE = 0.1
# A role's name has changed over the years.
OLD_NAMES = {"button": "push button"}


class NotFound(AssertionError):
    pass


def wait_until(condition, what, timeout=PATIENCE):
    """Polls until the condition gives something true, and returns that."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            result = condition()
        except GLib.Error:
            # The object went away between two questions about it.
            result = None
        if result:
            return result
        if time.monotonic() > deadline:
            raise NotFound(f"waited {timeout:g} s in vain for {what}")
        time.sleep(PAUSE)


def states(node):
    return node.get_state_set()


def is_showing(node):
    """Whether the node itself is not hidden; SHOWING is told of windows alone before GTK 4.10."""
    return states(node).contains(Atspi.StateType.VISIBLE)


def has_room(node):
    """Whether it takes any place: what a dialog keeps for another width does not."""
    place = node.get_component_iface()
    size = Atspi.Component.get_size(place) if place else None
    return size is not None and size.x > 0 and size.y > 0


def name_of(node):
    """Its name. GTK 4.8 says "_Join Join" for a button "_Join": its label and what that shows."""
    name = node.get_name()
    middle = len(name) // 2
    label, shown = name[:middle], name[middle + 1 :]
    return shown if label.replace("_", "", 1) == shown else name


def text_of(node):
    """The text that a label or an entry shows."""
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else ""


def below(node):
    """A node and all within it."""
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child:
            yield from below(child)


class Program:
    """The accessible application of one process."""

    def __init__(self, pid, timeout=PATIENCE):
        Atspi.set_timeout(5000, 5000)
        self.pid = pid
        self._root = wait_until(self._find_application, f"process {pid} on the accessibility bus", timeout)

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        # What was asked once is not what holds now: nothing here runs a main loop that would hear
        # of changes.
        desktop.set_cache_mask(Atspi.Cache.NONE)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.pid:
                child.set_cache_mask(Atspi.Cache.NONE)
                return child
        return None

    def _nodes(self, hidden=False):
        """Every node on the screen, parents before children."""
        self._root.clear_cache()
        pending = [self._root]
        while pending:
            node = pending.pop()
            try:
                if node is not self._root and not hidden and not is_showing(node):
                    continue
                yield node
                count = node.get_child_count()
                children = [node.get_child_at_index(index) for index in range(count)]
            except GLib.Error:
                continue
            pending.extend(child for child in reversed(children) if child)

    def _matches(self, node, role, name):
        if role and node.get_role_name() not in (role, OLD_NAMES.get(role)):
            return False
        if name is None:
            return True
        if name_of(node) == name:
            return True
        # A label without a name of its own has its widget's type for one.
        return node.get_role_name() == "label" and text_of(node) == name

    def _look_for(self, role, name):
        # The last one, as pages that a newer one covers still count as visible before GTK 4.10.
        found = None
        for node in self._nodes():
            try:
                if self._matches(node, role, name) and (found is None or has_room(node)):
                    found = node
            except GLib.Error:
                continue
        return found

    def _ask(self, role, name, question, timeout=PATIENCE):
        """What the node answers; it may go, and come anew, between being found and being asked."""

        def answer():
            node = self._look_for(role, name)
            return (question(node),) if node else None

        return wait_until(answer, f"{role or 'anything'} “{name}”", timeout)[0]

    def find(self, role, name=None, timeout=PATIENCE):
        """The node with that role and name on the newest page; waits for it."""
        return wait_until(
            lambda: self._look_for(role, name), f"{role or 'anything'} “{name}”", timeout
        )

    def shows(self, role, name=None):
        return self._look_for(role, name) is not None

    def wait_gone(self, role, name=None, timeout=PATIENCE):
        wait_until(
            lambda: not self.shows(role, name), f"{role or 'anything'} “{name}” to go away", timeout
        )

    def press(self, role, name=None, timeout=PATIENCE):
        """Does what a click on it does, once it can be clicked."""

        def look():
            # Anew each time: another page may have come in place of the one it was on.
            node = self._look_for(role, name)
            return node if node and states(node).contains(Atspi.StateType.SENSITIVE) else None

        node = wait_until(look, f"{role} “{name}” that can be pressed", timeout)
        action = node.get_action_iface()
        assert action, f"{role} “{name}” has nothing to press"
        Atspi.Action.do_action(action, 0)

    def type(self, role, name, text, timeout=PATIENCE):
        """Puts the text into an entry in place of what is there."""
        node = self.find(role, name, timeout)
        entry = wait_until(
            lambda: next(filter(None, (n.get_editable_text_iface() for n in below(node))), None),
            f"an entry in {role} “{name}”",
            timeout,
        )
        assert Atspi.EditableText.set_text_contents(entry, text), f"{role} “{name}” takes no text"

    def text(self, role, name=None, timeout=PATIENCE):
        return self._ask(role, name, lambda node: text_of(node) or name_of(node), timeout)

    def is_pressed(self, role, name=None):
        found = self._ask(role, name, states)
        return found.contains(Atspi.StateType.PRESSED) or found.contains(Atspi.StateType.CHECKED)

    def is_sensitive(self, role, name=None):
        return self._ask(role, name, states).contains(Atspi.StateType.SENSITIVE)

    def texts(self):
        """All that is written on the screen, from top to bottom."""
        found = []
        for node in self._nodes():
            try:
                words = text_of(node) or name_of(node)
            except GLib.Error:
                continue
            if words and words not in found:
                found.append(words)
        return found

    def tree(self, hidden=False):
        """The accessibility tree as text, for reading when a test failed."""
        lines = []

        def describe(node, depth):
            try:
                if not hidden and depth and not is_showing(node):
                    return
                marks = [
                    mark
                    for mark, state in (
                        ("insensitive", Atspi.StateType.SENSITIVE),
                        ("pressed", Atspi.StateType.PRESSED),
                        ("checked", Atspi.StateType.CHECKED),
                        ("focused", Atspi.StateType.FOCUSED),
                    )
                    if states(node).contains(state) != (mark == "insensitive")
                ]
                name, text = name_of(node), text_of(node)
                line = "  " * depth + f"{node.get_role_name()} “{name}”"
                line += f" text “{text}”" if text and text != name else ""
                lines.append(line + (f" [{', '.join(marks)}]" if marks else ""))
                for index in range(node.get_child_count()):
                    child = node.get_child_at_index(index)
                    if child:
                        describe(child, depth + 1)
            except GLib.Error as error:
                lines.append("  " * depth + f"({error.message})")

        describe(self._root, 0)
        return "\n".join(lines)
