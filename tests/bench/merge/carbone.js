// carbone.js TEMPLATE DATA.jsonl ROUNDS: milliseconds of each merge after a warm-up, one JSON line.
"use strict";
const carbone = require("carbone");
const fs = require("fs");
const zlib = require("zlib");

const path = require("path");
const template = path.resolve(process.argv[2]), file = process.argv[3], rounds = Number(process.argv[4]);
const records = fs.readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const warmUp = records.length - rounds;
carbone.set({ lang: "fr-fr", templatePath: "/" });

const render = (data) =>
    new Promise((resolve, reject) =>
        carbone.render(template, data, {}, (error, result) => (error ? reject(error) : resolve(result))));

(async () => {
    const wall = [], cpu = [];
    let last;
    for (let i = 0; i < records.length; i++) {
        const before = process.cpuUsage(), begin = process.hrtime.bigint();
        last = await render(records[i]);
        const taken = Number(process.hrtime.bigint() - begin) / 1e6, used = process.cpuUsage(before);
        if (i >= warmUp) {
            wall.push(taken);
            cpu.push((used.user + used.system) / 1e3);
        }
    }
    fs.writeFileSync(process.argv[5], last);
    console.log(JSON.stringify({ wall, cpu, megabytes: process.resourceUsage().maxRSS / 1024 }));
    process.exit(0);
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
