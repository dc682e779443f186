/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-safety.h"

#include "duo-peer-message.h"
#include "duo-random.h"
#include "duo-secret.h"

#include <glib/gi18n.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define HASH_BYTES 32
#define COMMIT_LABEL "duologue/1 commit"
#define EMOJI_LABEL "duologue/1 emoji"

/* Told apart at a glance and over the telephone; no people and no flags. */
/* clang-format off */
static const struct {
  const char *picture;
  const char *word;
} pictures[DUO_SAFETY_N_PICTURES] = {
  { "🐻", N_ ("Bear") },
  { "🐝", N_ ("Bee") },
  { "🐫", N_ ("Camel") },
  { "🦆", N_ ("Duck") },
  { "🦊", N_ ("Fox") },
  { "🐸", N_ ("Frog") },
  { "🦒", N_ ("Giraffe") },
  { "🦔", N_ ("Hedgehog") },
  { "🐨", N_ ("Koala") },
  { "🐒", N_ ("Monkey") },
  { "🦉", N_ ("Owl") },
  { "🐑", N_ ("Sheep") },
  { "🐌", N_ ("Snail") },
  { "🐍", N_ ("Snake") },
  { "🐋", N_ ("Whale") },
  { "🦓", N_ ("Zebra") },
  { "🍎", N_ ("Apple") },
  { "🥑", N_ ("Avocado") },
  { "🍌", N_ ("Banana") },
  { "🍞", N_ ("Bread") },
  { "🌵", N_ ("Cactus") },
  { "🥕", N_ ("Carrot") },
  { "🧀", N_ ("Cheese") },
  { "🍒", N_ ("Cherries") },
  { "🌽", N_ ("Corn") },
  { "🥚", N_ ("Egg") },
  { "🍇", N_ ("Grapes") },
  { "🍋", N_ ("Lemon") },
  { "🍄", N_ ("Mushroom") },
  { "🍕", N_ ("Pizza") },
  { "🌻", N_ ("Sunflower") },
  { "🍉", N_ ("Melon") },
  { "⚓", N_ ("Anchor") },
  { "🎈", N_ ("Balloon") },
  { "🔔", N_ ("Bell") },
  { "🚲", N_ ("Bicycle") },
  { "📖", N_ ("Book") },
  { "🎂", N_ ("Cake") },
  { "🏰", N_ ("Castle") },
  { "⏰", N_ ("Clock") },
  { "🥁", N_ ("Drum") },
  { "🔥", N_ ("Fire") },
  { "🎁", N_ ("Gift") },
  { "🎸", N_ ("Guitar") },
  { "🔨", N_ ("Hammer") },
  { "🎩", N_ ("Hat") },
  { "🚁", N_ ("Helicopter") },
  { "🏠", N_ ("House") },
  { "🔑", N_ ("Key") },
  { "🪁", N_ ("Kite") },
  { "💡", N_ ("Lamp") },
  { "🧲", N_ ("Magnet") },
  { "🌙", N_ ("Moon") },
  { "🎹", N_ ("Piano") },
  { "🌈", N_ ("Rainbow") },
  { "🚀", N_ ("Rocket") },
  { "⛵", N_ ("Sailboat") },
  { "👟", N_ ("Shoe") },
  { "⭐", N_ ("Star") },
  { "🚜", N_ ("Tractor") },
  { "🚂", N_ ("Train") },
  { "🎺", N_ ("Trumpet") },
  { "☔", N_ ("Umbrella") },
  { "🌋", N_ ("Volcano") },
};
/* clang-format on */

static void
hash_parts (const char *label, GBytes *const *parts, gsize n_parts, guint8 *digest)
{
  gnutls_hash_hd_t hash = NULL;

  /* Fails only for an algorithm that the library does not have. */
  if (gnutls_hash_init (&hash, GNUTLS_DIG_SHA256) < 0)
    g_error ("No SHA-256");
  gnutls_hash (hash, label, strlen (label));
  for (gsize i = 0; i < n_parts; i++) {
    if (parts[i] != NULL)
      gnutls_hash (hash, g_bytes_get_data (parts[i], NULL), g_bytes_get_size (parts[i]));
  }
  gnutls_hash_deinit (hash, digest);
}

/* Takes as long for equal as for different bytes. */
static gboolean
equal (GBytes *a, GBytes *b)
{
  return g_bytes_get_size (a) == g_bytes_get_size (b) && gnutls_memcmp (g_bytes_get_data (a, NULL),
                                                                        g_bytes_get_data (b, NULL),
                                                                        g_bytes_get_size (a)) == 0;
}

/**
 * duo_safety_nonce:
 * @error: return location for an error
 *
 * Makes what each side puts into the safety emoji; also the key of resume proofs.
 *
 * Returns: (transfer full) (nullable): %DUO_NONCE_BYTES random bytes, overwritten when freed
 */
GBytes *
duo_safety_nonce (GError **error)
{
  guint8 random[DUO_NONCE_BYTES];
  GBytes *nonce = NULL;

  if (!duo_random_bytes (random, sizeof random, error))
    return NULL;
  nonce = duo_secret_bytes_new (random, sizeof random);
  gnutls_memset (random, 0, sizeof random);

  return nonce;
}

/**
 * duo_safety_commit:
 * @nonce: the offerer's nonce
 *
 * Returns: (transfer full): what binds the offerer to @nonce before it is told
 */
GBytes *
duo_safety_commit (GBytes *nonce)
{
  guint8 digest[HASH_BYTES];

  hash_parts (COMMIT_LABEL, &nonce, 1, digest);

  return g_bytes_new (digest, sizeof digest);
}

/**
 * duo_safety_check:
 * @commit: what came with the offer
 * @nonce: what was revealed after the answer
 *
 * Returns: whether the offerer had chosen @nonce before it saw the answerer's
 */
gboolean
duo_safety_check (GBytes *commit, GBytes *nonce)
{
  g_autoptr (GBytes) expected = duo_safety_commit (nonce);

  return equal (commit, expected);
}

/**
 * duo_safety_emoji:
 * @fingerprint_offerer: SHA-256 of the offerer's certificate
 * @fingerprint_answerer: SHA-256 of the answerer's certificate
 * @nonce_offerer: the offerer's nonce
 * @nonce_answerer: the answerer's nonce
 * @seal_key: (nullable): the room's seal key, %NULL in an open room
 * @indices: (out caller-allocates): which pictures to show, in this order
 *
 * Finds the pictures that are the same on both sides only if nobody sits between: the first 24 bits
 * of a hash, 6 each, the most significant first.
 */
void
duo_safety_emoji (GBytes *fingerprint_offerer,
                  GBytes *fingerprint_answerer,
                  GBytes *nonce_offerer,
                  GBytes *nonce_answerer,
                  GBytes *seal_key,
                  guint indices[DUO_SAFETY_N_EMOJI])
{
  GBytes *parts[] = {
    fingerprint_offerer, fingerprint_answerer, nonce_offerer, nonce_answerer, seal_key
  };
  guint8 digest[HASH_BYTES];
  guint32 bits = 0;

  hash_parts (EMOJI_LABEL, parts, G_N_ELEMENTS (parts), digest);
  bits = (guint32) digest[0] << 16 | (guint32) digest[1] << 8 | digest[2];
  for (guint i = 0; i < DUO_SAFETY_N_EMOJI; i++)
    indices[i] = bits >> (18 - 6 * i) & 0x3f;
}

/**
 * duo_safety_emoji_picture:
 * @index: an index of duo_safety_emoji()
 *
 * Returns: the picture, one emoji
 */
const char *
duo_safety_emoji_picture (guint index)
{
  g_return_val_if_fail (index < DUO_SAFETY_N_PICTURES, NULL);

  return pictures[index].picture;
}

/**
 * duo_safety_emoji_word:
 * @index: an index of duo_safety_emoji()
 *
 * Returns: what the picture shows, in English; to be translated with gettext()
 */
const char *
duo_safety_emoji_word (guint index)
{
  g_return_val_if_fail (index < DUO_SAFETY_N_PICTURES, NULL);

  return pictures[index].word;
}

/**
 * duo_safety_resume_proof:
 * @key: what the offerer sent over the data channel in the first epoch
 * @offer: whether the proof goes with an offer, else with an answer
 * @epoch: the epoch of that description
 * @fingerprint: SHA-256 of the certificate in that description
 *
 * Returns: (transfer full): the proof that this description comes from the same peer as before
 */
GBytes *
duo_safety_resume_proof (GBytes *key, gboolean offer, guint64 epoch, GBytes *fingerprint)
{
  g_autofree char *label =
    g_strdup_printf ("%s%" G_GUINT64_FORMAT, offer ? "offer" : "answer", epoch);
  gnutls_hmac_hd_t hmac = NULL;
  guint8 digest[HASH_BYTES];
  int result = gnutls_hmac_init (&hmac,
                                 GNUTLS_MAC_SHA256,
                                 g_bytes_get_data (key, NULL),
                                 g_bytes_get_size (key));

  if (result < 0)
    g_error ("No HMAC-SHA256: %s", gnutls_strerror (result));
  gnutls_hmac (hmac, label, strlen (label));
  gnutls_hmac (hmac, g_bytes_get_data (fingerprint, NULL), g_bytes_get_size (fingerprint));
  gnutls_hmac_deinit (hmac, digest);

  return g_bytes_new (digest, sizeof digest);
}

/**
 * duo_safety_resume_check:
 * @proof: (nullable): what came with the description
 * @key: as in duo_safety_resume_proof()
 * @offer: likewise
 * @epoch: likewise
 * @fingerprint: likewise
 *
 * Returns: whether @proof is there and right
 */
gboolean
duo_safety_resume_check (
  GBytes *proof, GBytes *key, gboolean offer, guint64 epoch, GBytes *fingerprint)
{
  g_autoptr (GBytes) expected = duo_safety_resume_proof (key, offer, epoch, fingerprint);

  return proof != NULL && equal (proof, expected);
}
