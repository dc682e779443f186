// SPDX-License-Identifier: GPL-3.0-or-later

function sum(reports, type, name) {
  let total = 0;
  for (const report of reports) {
    if (report.type === type) total += report[name] ?? 0;
  }
  return total;
}

/** What matters of RTCPeerConnection.getStats(), once a second. */
export class StatsCollector {
  #last = { lost: 0, received: 0, bytesReceived: 0, bytesSent: 0, at: 0 };

  async collect(connection, now) {
    const reports = [...(await connection.getStats()).values()];
    const video = reports.find((r) => r.type === 'inbound-rtp' && r.kind === 'video');
    const audio = reports.find((r) => r.type === 'inbound-rtp' && r.kind === 'audio');
    const sent = reports.find((r) => r.type === 'outbound-rtp' && r.kind === 'video');
    const totals = {
      lost: sum(reports, 'inbound-rtp', 'packetsLost'),
      received: sum(reports, 'inbound-rtp', 'packetsReceived'),
      bytesReceived: sum(reports, 'inbound-rtp', 'bytesReceived'),
      bytesSent: sum(reports, 'outbound-rtp', 'bytesSent'),
      at: now,
    };
    const last = this.#last;
    this.#last = totals;

    const seconds = Math.max((now - last.at) / 1000, 0.1);
    const received = totals.received - last.received;
    const lost = Math.max(totals.lost - last.lost, 0);
    const remoteLoss = reports
      .filter((r) => r.type === 'remote-inbound-rtp')
      .map((r) => (r.fractionLost ?? 0) * 100);
    return {
      isAlive: received > 0,
      loss: Math.max(received + lost > 0 ? (100 * lost) / (received + lost) : 0, ...remoteLoss),
      receiveBitrate: (8 * (totals.bytesReceived - last.bytesReceived)) / seconds,
      sendBitrate: (8 * (totals.bytesSent - last.bytesSent)) / seconds,
      width: video?.frameWidth ?? 0,
      height: video?.frameHeight ?? 0,
      framesPerSecond: video?.framesPerSecond ?? 0,
      framesDecoded: video?.framesDecoded ?? 0,
      framesSent: sent?.framesSent ?? sent?.framesEncoded ?? 0,
      audioEnergy: audio?.totalAudioEnergy ?? 0,
    };
  }
}
