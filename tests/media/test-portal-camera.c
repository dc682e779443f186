/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "media-fixture.h"

#include <gio/gunixfdlist.h>
#include <gio/gunixsocketaddress.h>

#define PORTAL_PATH "/org/freedesktop/portal/desktop"

/* Stands in for xdg-desktop-portal: answers as it is told, and hands out the desk's own PipeWire.
 */
typedef struct {
  guint32 answer; /* 0 grants, 1 refuses */
  guint requests;
  guint object_id;
  guint name_id;
  gboolean named;
} Portal;

static const char portal_interface[] =
  "<node><interface name='org.freedesktop.portal.Camera'>"
  "<method name='AccessCamera'><arg type='a{sv}' direction='in'/>"
  "<arg type='o' direction='out'/></method>"
  "<method name='OpenPipeWireRemote'><arg type='a{sv}' direction='in'/>"
  "<arg type='h' direction='out'/></method>"
  "<property name='IsCameraPresent' type='b' access='read'/>"
  "<property name='version' type='u' access='read'/>"
  "</interface></node>";

static void
answer_access (Portal *portal, GDBusMethodInvocation *invocation, GVariant *parameters)
{
  GDBusConnection *connection = g_dbus_method_invocation_get_connection (invocation);
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 0);
  g_autofree char *sender = g_strdup (g_dbus_method_invocation_get_sender (invocation) + 1);
  g_autofree char *handle = NULL;
  const char *token;

  portal->requests++;
  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  handle = g_strdup_printf (PORTAL_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
  g_dbus_connection_emit_signal (connection,
                                 g_dbus_method_invocation_get_sender (invocation),
                                 handle,
                                 "org.freedesktop.portal.Request",
                                 "Response",
                                 g_variant_new ("(ua{sv})", portal->answer, NULL),
                                 NULL);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", handle));
}

static void
answer_remote (GDBusMethodInvocation *invocation)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "pipewire-0", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();

  g_assert_no_error (error);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  g_unix_fd_list_append (fds, g_socket_get_fd (socket), &error);
  g_assert_no_error (error);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation,
                                                           g_variant_new ("(h)", 0),
                                                           fds);
}

static void
on_method (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  if (strcmp (method, "AccessCamera") == 0)
    answer_access (user_data, invocation, parameters);
  else
    answer_remote (invocation);
}

static GVariant *
on_get_property (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *property,
                 GError **error,
                 gpointer user_data)
{
  /* The real one says so for long after a camera has come. */
  return strcmp (property, "version") == 0 ? g_variant_new_uint32 (1)
                                           : g_variant_new_boolean (FALSE);
}

static void
on_named (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Portal *portal = user_data;

  portal->named = TRUE;
}

static void
portal_start (Portal *portal, GDBusConnection *bus, guint32 answer)
{
  static const GDBusInterfaceVTable vtable = { on_method, on_get_property, NULL, { 0 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (portal_interface, &error);

  g_assert_no_error (error);
  portal->answer = answer;
  portal->object_id = g_dbus_connection_register_object (bus,
                                                         PORTAL_PATH,
                                                         info->interfaces[0],
                                                         &vtable,
                                                         portal,
                                                         NULL,
                                                         &error);
  g_assert_no_error (error);
  portal->name_id = g_bus_own_name_on_connection (bus,
                                                  "org.freedesktop.portal.Desktop",
                                                  G_BUS_NAME_OWNER_FLAGS_NONE,
                                                  on_named,
                                                  NULL,
                                                  portal,
                                                  NULL);
  wait_until (portal->named);
}

static void
portal_stop (Portal *portal, GDBusConnection *bus)
{
  g_bus_unown_name (portal->name_id);
  g_dbus_connection_unregister_object (bus, portal->object_id);
}

/* On a connection of its own, as another process would be. */
static GDBusConnection *
connect_to_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  GDBusConnection *bus =
    g_dbus_connection_new_for_address_sync (address,
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL,
                                            NULL,
                                            &error);

  g_assert_no_error (error);
  return bus;
}

static void
test_granted (void)
{
  g_autoptr (GDBusConnection) bus = connect_to_bus ();
  DuoDeviceMonitor *monitor = duo_device_monitor_new ();
  DuoMediaGraph *graph = duo_media_graph_new (monitor, FALSE);
  MediaPeer *peer = media_peer_new (duo_media_graph_get_clock (graph), 700);
  Portal portal = { 0 };
  guint64 frames;

  portal_start (&portal, bus, 0);
  duo_media_graph_attach_peer (graph,
                               duo_audio_encoder_get_source (peer->audio_encoder),
                               duo_video_encoder_get_source (peer->video_encoder),
                               peer->audio_out);
  duo_device_monitor_start (monitor);
  duo_media_graph_start (graph);

  wait_until (portal.requests == 1);
  frames = duo_video_encoder_get_frames (peer->video_encoder);
  wait_until (duo_video_encoder_get_frames (peer->video_encoder) > frames + 30);
  g_assert_cmpint (media_get_enum (graph, "camera-problem"), ==, DUO_MEDIA_PROBLEM_NONE);
  g_assert_cmpuint (portal.requests, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (
                      duo_device_monitor_get_devices (monitor, DUO_DEVICE_CAMERA)),
                    ==,
                    1);

  duo_media_graph_detach_peer (graph);
  media_peer_free (peer);
  media_graph_stop (graph);
  g_assert_finalize_object (monitor);
  portal_stop (&portal, bus);
}

/* Asked once, and not again before the camera is switched on by hand. */
static void
test_denied (void)
{
  g_autoptr (GDBusConnection) bus = connect_to_bus ();
  DuoDeviceMonitor *monitor = duo_device_monitor_new ();
  DuoMediaGraph *graph = duo_media_graph_new (monitor, FALSE);
  Portal portal = { 0 };

  portal_start (&portal, bus, 1);
  duo_device_monitor_start (monitor);
  duo_media_graph_start (graph);
  wait_until (media_get_enum (graph, "camera-problem") == DUO_MEDIA_PROBLEM_DENIED);
  media_pump (500);
  g_assert_cmpuint (portal.requests, ==, 1);

  g_object_set (graph, "camera-enabled", FALSE, NULL);
  g_assert_cmpint (media_get_enum (graph, "camera-problem"), ==, DUO_MEDIA_PROBLEM_NONE);
  g_object_set (graph, "camera-enabled", TRUE, NULL);
  wait_until (portal.requests == 2);
  wait_until (media_get_enum (graph, "camera-problem") == DUO_MEDIA_PROBLEM_DENIED);

  media_graph_stop (graph);
  g_assert_finalize_object (monitor);
  portal_stop (&portal, bus);
}

int
main (int argc, char *argv[])
{
  g_setenv ("DUOLOGUE_CAMERA_PORTAL", "1", TRUE);
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_test_add_func ("/media/portal/granted", test_granted);
  g_test_add_func ("/media/portal/denied", test_denied);

  return g_test_run ();
}
