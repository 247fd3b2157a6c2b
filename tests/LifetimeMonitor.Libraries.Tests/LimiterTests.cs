using System.Threading.RateLimiting;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class LimiterTests
{
    [Fact]
    [Leaks(typeof(PartitionedRateLimiter), "it is the key of a partition", "partition by an id")]
    public void A_limiter_is_partitioned_by_a_small_key() => Leak.IsMended(
        () => Limited(c => c),
        "A PartitionedRateLimiter keeps the keys of its partitions: partition by a value that does not lead to the Connection, "
        + "such as its id.",
        () => { },
        mended: () => Limited(c => c.GetType().Name));

    private static Connection Limited<TKey>(Func<Connection, TKey> keyOf)
        where TKey : notnull
    {
        var connection = new Connection();
        Leak.Hold(PartitionedRateLimiter.Create<Connection, TKey>(c => RateLimitPartition.GetNoLimiter(keyOf(c))))
            .AttemptAcquire(connection)
            .Dispose();
        return connection;
    }
}
