/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-doctor.h"

#include <glib/gi18n.h>
#include <gst/gst.h>

#include "duo-device-monitor.h"
#include "duo-server-probe.h"

#define DEVICES_TIMEOUT (3 * G_USEC_PER_SEC)
#define PORTAL_NAME "org.freedesktop.portal.Desktop"

/* Groups of elements by what they are for; the package is Debian's. */
static const struct {
  const char *what;
  const char *elements;
  const char *package;
  DuoDoctorVerdict without;
} plugins[] = {
  { N_ ("Connections"),
    "webrtcbin dtlsenc dtlsdec srtpenc srtpdec sctpenc sctpdec",
    "gstreamer1.0-plugins-bad",
    DUO_DOCTOR_BAD },
  { N_ ("ICE"), "nicesrc nicesink", "gstreamer1.0-nice", DUO_DOCTOR_BAD },
  { N_ ("Video (VP8)"),
    "vp8enc vp8dec rtpvp8pay rtpvp8depay rtpbin",
    "gstreamer1.0-plugins-good",
    DUO_DOCTOR_BAD },
  { N_ ("Sound (Opus)"),
    "opusenc opusdec audioconvert audioresample videoconvert videoscale appsrc appsink",
    "gstreamer1.0-plugins-base",
    DUO_DOCTOR_BAD },
  { N_ ("Sound devices"), "pulsesrc pulsesink", "gstreamer1.0-plugins-good", DUO_DOCTOR_BAD },
  { N_ ("Echo cancelling"),
    "webrtcdsp webrtcechoprobe",
    "gstreamer1.0-plugins-bad",
    DUO_DOCTOR_HINT },
  { N_ ("Cameras through PipeWire"), "pipewiresrc", "gstreamer1.0-pipewire", DUO_DOCTOR_HINT },
};

static char *
find_missing (const char *elements)
{
  g_auto (GStrv) names = g_strsplit (elements, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) missing = NULL;

  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (GstElementFactory) factory = gst_element_factory_find (names[i]);

    if (factory == NULL)
      g_strv_builder_add (builder, names[i]);
  }

  missing = g_strv_builder_end (builder);

  return missing[0] != NULL ? g_strjoinv (", ", missing) : NULL;
}

/**
 * duo_doctor_check_plugins:
 * @self: a table
 *
 * Looks for the GStreamer elements that a call is made of.
 */
void
duo_doctor_check_plugins (DuoDoctor *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plugins); i++) {
    g_autofree char *missing = find_missing (plugins[i].elements);
    g_autofree char *finding = NULL;
    g_autofree char *mend = NULL;

    if (missing == NULL) {
      duo_doctor_add (self, _ (plugins[i].what), DUO_DOCTOR_GOOD, _ ("installed"), NULL);
      continue;
    }

    finding = g_strdup_printf (_ ("missing: %s"), missing);
    mend = g_strdup_printf (_ ("Install the package %s (its name in Debian)"), plugins[i].package);
    duo_doctor_add (self, _ (plugins[i].what), plugins[i].without, finding, mend);
  }
}

static gboolean
on_wakeup (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
add_devices (DuoDoctor *self,
             DuoDeviceMonitor *monitor,
             DuoDeviceKind kind,
             const char *what,
             const char *mend)
{
  GListModel *devices = duo_device_monitor_get_devices (monitor, kind);
  guint count = g_list_model_get_n_items (devices);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < count; i++) {
    g_autoptr (DuoDevice) device = g_list_model_get_item (devices, i);

    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", duo_device_get_label (device));
  }

  if (count > 0)
    duo_doctor_add (self, what, DUO_DOCTOR_GOOD, names->str, NULL);
  else
    duo_doctor_add (self, what, DUO_DOCTOR_HINT, _ ("none found"), mend);
}

/**
 * duo_doctor_check_devices:
 * @self: a table
 *
 * Looks for cameras, microphones and speakers, without opening any. Calls work without them.
 */
void
duo_doctor_check_devices (DuoDoctor *self)
{
  g_autoptr (DuoDeviceMonitor) monitor = duo_device_monitor_new ();
  gint64 deadline = g_get_monotonic_time () + DEVICES_TIMEOUT;
  guint wakeup = g_timeout_add (20, on_wakeup, NULL);

  duo_device_monitor_start (monitor);
  while (!duo_device_monitor_is_ready (monitor) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wakeup);

  add_devices (self,
               monitor,
               DUO_DEVICE_CAMERA,
               _ ("Cameras"),
               _ ("Plug one in, and see that PipeWire and its session manager run"));
  add_devices (self,
               monitor,
               DUO_DEVICE_MICROPHONE,
               _ ("Microphones"),
               _ ("Plug one in, and see that PipeWire or PulseAudio runs"));
  add_devices (self,
               monitor,
               DUO_DEVICE_SPEAKER,
               _ ("Speakers"),
               _ ("Plug one in, and see that PipeWire or PulseAudio runs"));
}

static gboolean
has_name (GDBusConnection *bus, const char *method)
{
  g_autoptr (GVariant) reply = NULL;
  g_autofree const char **names = NULL;

  reply = g_dbus_connection_call_sync (bus,
                                       "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus",
                                       method,
                                       NULL,
                                       G_VARIANT_TYPE ("(as)"),
                                       G_DBUS_CALL_FLAGS_NONE,
                                       2000,
                                       NULL,
                                       NULL);
  if (reply == NULL)
    return FALSE;

  g_variant_get (reply, "(^a&s)", &names);

  return g_strv_contains (names, PORTAL_NAME);
}

/**
 * duo_doctor_check_portal:
 * @self: a table
 *
 * Looks for the desktop portal, which a sandboxed Duologue asks for the camera.
 */
void
duo_doctor_check_portal (DuoDoctor *self)
{
  gboolean sandboxed = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
  DuoDoctorVerdict without = sandboxed ? DUO_DOCTOR_BAD : DUO_DOCTOR_HINT;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  const char *what = _ ("Desktop portal");

  if (bus == NULL)
    duo_doctor_add (self,
                    what,
                    without,
                    _ ("no session bus"),
                    _ ("Start it from a desktop session"));
  else if (has_name (bus, "ListNames") || has_name (bus, "ListActivatableNames"))
    duo_doctor_add (self, what, DUO_DOCTOR_GOOD, _ ("there"), NULL);
  else
    duo_doctor_add (self,
                    what,
                    without,
                    sandboxed ? _ ("missing") : _ ("missing; needed in a sandbox only"),
                    _ ("Install xdg-desktop-portal and the one of your desktop"));
}

static void
on_health (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/**
 * duo_doctor_check_server:
 * @self: a table
 * @server: (nullable): the room server's address
 *
 * Asks the room server how it is.
 */
void
duo_doctor_check_server (DuoDoctor *self, const char *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *version = NULL;
  g_autofree char *finding = NULL;
  const char *what = _ ("Room server");

  if (server == NULL) {
    duo_doctor_add (self,
                    what,
                    DUO_DOCTOR_GOOD,
                    _ ("none set: the app hosts calls on this computer"),
                    NULL);
    return;
  }

  duo_server_probe_health_async (server, NULL, on_health, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  version = duo_server_probe_health_finish (result, &error);

  if (version != NULL) {
    finding = g_strdup_printf (_ ("%s runs version %s"), server, version);
    duo_doctor_add (self, what, DUO_DOCTOR_GOOD, finding, NULL);
  } else {
    duo_doctor_add (self,
                    what,
                    DUO_DOCTOR_BAD,
                    error->message,
                    _ ("Check its address in Preferences or --server, and that it runs"));
  }
}

/**
 * duo_doctor_check_ice:
 * @self: a table
 * @url: `stun:HOST[:PORT]` or `turn:HOST[:PORT]`
 *
 * Asks a STUN or TURN server for any answer. Credentials are not tried.
 */
void
duo_doctor_check_ice (DuoDoctor *self, const char *url)
{
  gboolean turn = g_str_has_prefix (url, "turn:");
  const char *what = turn ? _ ("TURN server") : _ ("STUN server");
  g_autoptr (GError) error = NULL;

  if (!turn && !g_str_has_prefix (url, "stun:"))
    duo_doctor_add (self,
                    what,
                    DUO_DOCTOR_BAD,
                    _ ("not a STUN or TURN URL"),
                    _ ("Write stun:HOST or turn:HOST"));
  else if (duo_stun_probe (url + 5, turn, &error))
    duo_doctor_add (self, what, DUO_DOCTOR_GOOD, _ ("answers"), NULL);
  else
    duo_doctor_add (self,
                    what,
                    DUO_DOCTOR_BAD,
                    error->message,
                    _ ("Check its address, and that UDP gets through the firewalls"));
}
