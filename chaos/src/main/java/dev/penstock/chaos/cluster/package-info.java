/// What the instances lean on, in pieces that can be broken one by one: [BrokerCluster] is three [BrokerProcess]es, a
/// [TcpProxy] stands before whatever is to be cut, slowed or silenced, a [SmallFileSystem] can be filled.
@org.jspecify.annotations.NullMarked
package dev.penstock.chaos.cluster;
