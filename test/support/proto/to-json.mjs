// Turns a FileDescriptorSet into protobufjs's JSON form: node to-json.mjs IN > otlp.json
import { readFileSync } from 'node:fs';
import process from 'node:process';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor/index.js';

const set = descriptor.FileDescriptorSet.decode(readFileSync(process.argv[2]));
const root = protobuf.Root.fromDescriptor(set);
process.stdout.write(JSON.stringify(root.toJSON(), null, 1) + '\n');
