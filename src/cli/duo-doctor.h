/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DuoDoctorVerdict:
 * @DUO_DOCTOR_GOOD: works
 * @DUO_DOCTOR_HINT: calls work without it, if less well
 * @DUO_DOCTOR_BAD: calls do not work without it
 *
 * How bad a finding is.
 */
typedef enum {
  DUO_DOCTOR_GOOD,
  DUO_DOCTOR_HINT,
  DUO_DOCTOR_BAD,
} DuoDoctorVerdict;

/**
 * DuoDoctor:
 *
 * A table of findings.
 */
typedef struct _DuoDoctor DuoDoctor;

DuoDoctor *duo_doctor_new (void);
void duo_doctor_free (DuoDoctor *self);

void duo_doctor_add (DuoDoctor *self,
                     const char *what,
                     DuoDoctorVerdict verdict,
                     const char *finding,
                     const char *mend);
void duo_doctor_print (DuoDoctor *self);
gboolean duo_doctor_is_well (DuoDoctor *self);

void duo_doctor_check_plugins (DuoDoctor *self);
void duo_doctor_check_devices (DuoDoctor *self);
void duo_doctor_check_portal (DuoDoctor *self);
void duo_doctor_check_server (DuoDoctor *self, const char *server);
void duo_doctor_check_ice (DuoDoctor *self, const char *url);

gboolean duo_stun_probe (const char *host_and_port, gboolean turn, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoDoctor, duo_doctor_free)

G_END_DECLS
