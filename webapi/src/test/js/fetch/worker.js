/**
 * Installs a worker's globals: the first import of each test here, directly or through host.js.
 */

import { installWorker } from '../worker.js';

installWorker({ follow: true, deliver: true, timers: 100 });
