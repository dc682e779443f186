// SPDX-License-Identifier: GPL-3.0-or-later
// What one writes in ten lines: a relay on the `ws` package that looks into nothing and limits nothing.

import { createRequire } from 'node:module';

const require = createRequire(`${process.argv[2]}/`);
const { WebSocketServer } = require('ws');
const rooms = new Map();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });

server.on('listening', () => console.log(`Listening on port ${server.address().port}`));
server.on('connection', (socket, request) => {
    const name = new URL(request.url, 'http://localhost').pathname;
    const room = rooms.get(name) ?? new Set();

    rooms.set(name, room.add(socket));
    socket.on('close', () => room.delete(socket));
    socket.on('message', (data, binary) => {
        for (const other of room)
            if (other !== socket)
                other.send(data, { binary });
    });
});
