// Loaded into Portkey with `node --require`: it has no option for the address and would listen on
// all of them.
"use strict";

const net = require("node:net");

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...parameters) {
    const [first, ...rest] = parameters;
    const port = typeof first === "object" && first !== null ? first.port : first;
    const callback = rest.find((parameter) => typeof parameter === "function");
    return listen.call(this, { host: "127.0.0.1", port }, callback);
};
