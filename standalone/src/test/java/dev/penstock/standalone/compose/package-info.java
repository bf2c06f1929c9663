/// The compose files held against the code: [ComposeTest] asks, [ComposeCheck] knows the rules.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.compose;
