using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class EntityFrameworkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Leaks(typeof(DbContext), "a `DbContext` tracks an entity", "`ChangeTracker.Clear()`, or let go of the context")]
    public void A_context_keeps_its_entities_also_when_it_is_disposed(bool isDisposed) => Leak.IsMended(
        () =>
        {
            Database database = Leak.Hold(new Database(new DbContextOptionsBuilder().UseInMemoryDatabase("connections")));
            Connection entity = database.Add(new Connection { Id = 1 }).Entity;
            if (isDisposed) database.Dispose();
            return entity;
        },
        "A DbContext keeps the entities it tracks as long as it lives, disposed or not: let go of it, call " +
        "ChangeTracker.Clear(), or query with AsNoTracking().",
        () =>
        {
            if (isDisposed) Leak.LetGo();
            else Leak.Holder<Database>().ChangeTracker.Clear();
        });

    [Fact]
    [Leaks(typeof(DbContext), "the options of each `DbContext` have a new singleton interceptor", "`EnableServiceProviderCaching(false)`")]
    public void An_interceptor_is_kept_with_the_options_that_it_was_given_to() => Leak.IsMended(
        () =>
        {
            var interceptor = new Audit();
            // With the options of another test EF Core would use the provider of that test.
            using var database = new Database(new DbContextOptionsBuilder()
                .UseInMemoryDatabase("audit", new InMemoryDatabaseRoot())
                .AddInterceptors(interceptor));
            _ = database.Connections.ToList();
            return interceptor;
        },
        "EF Core keeps a service provider for each different set of options, with these options, as long as the "
        + "program runs: give the same objects to the options each time, or call EnableServiceProviderCaching(false).",
        () => { },
        mended: () =>
        {
            var interceptor = new Audit();
            using var database = new Database(new DbContextOptionsBuilder()
                .UseInMemoryDatabase("audit", new InMemoryDatabaseRoot())
                .AddInterceptors(interceptor)
                .EnableServiceProviderCaching(false));
            _ = database.Connections.ToList();
            return interceptor;
        });

    [Fact]
    [Leaks(typeof(DbContext), "`Expression.Constant` in a query has it as its value", "a captured variable in place of the constant")]
    public void A_constant_is_kept_with_its_query() => Leak.IsMended(
        () =>
        {
            var connection = new Connection { Id = 3 };
            using var database = new Database(new DbContextOptionsBuilder().UseInMemoryDatabase("constant"));
            ParameterExpression row = Expression.Parameter(typeof(Connection));
            _ = database.Connections
                .Where(Expression.Lambda<Func<Connection, bool>>(
                    Expression.Equal(row, Expression.Constant(connection)),
                    row))
                .ToList();
            return connection;
        },
        "EF Core caches each query with the constants in it: use a captured variable in place of Expression.Constant, "
        + "so that the query has a parameter for the Connection.",
        () => { },
        mended: () =>
        {
            var connection = new Connection { Id = 3 };
            using var database = new Database(new DbContextOptionsBuilder().UseInMemoryDatabase("constant"));
            _ = database.Connections.Where(c => c == connection).ToList();
            return connection;
        });

    private sealed class Audit : IMaterializationInterceptor;

    private sealed class Database(DbContextOptionsBuilder options) : DbContext(options.Options)
    {
        public DbSet<Connection> Connections => Set<Connection>();
    }
}
