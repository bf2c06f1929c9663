/// How a cluster is doing, on one screen: [StatusCommand] has [Probe] look and [Screen] draw what it saw.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.status;
