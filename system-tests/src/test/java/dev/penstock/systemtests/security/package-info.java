/// Services beside a cluster that asks who they are: least rights, certificates, and what is said when something is missing.
@org.jspecify.annotations.NullMarked
package dev.penstock.systemtests.security;
