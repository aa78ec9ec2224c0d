/** The command as its users meet it: a process, its output, and real HTTP. */
package dev.whence.conformance.e2e;
