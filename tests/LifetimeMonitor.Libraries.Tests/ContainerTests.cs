using Autofac;
using Microsoft.Extensions.DependencyInjection;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class ContainerTests
{
    [Fact]
    [Leaks(typeof(ServiceProvider), "it is a service of a scope", "`Dispose()` of the scope, and let go of it")]
    public void A_scope_keeps_its_services_also_when_it_is_disposed() => IsFreeWithItsScope<Connection>();

    [Fact]
    [Leaks(typeof(ServiceProvider), "it is a disposable service of a scope", "`Dispose()` of the scope, and let go of it")]
    public void A_scope_keeps_its_disposable_services_also_when_it_is_disposed() => IsFreeWithItsScope<DisposableConnection>();

    [Theory]
    [InlineData(ServiceLifetime.Singleton)]
    [InlineData(ServiceLifetime.Transient)]
    [Leaks(typeof(ServiceProvider), "it is a disposable singleton, or a disposable transient service", "let go of the provider")]
    public void A_service_provider_keeps_its_services_as_long_as_it_lives(ServiceLifetime lifetime) => Leak.IsMended(
        () => Leak.Hold(Provider(typeof(DisposableConnection), lifetime)).GetRequiredService<DisposableConnection>(),
        "A service provider keeps its singletons, and every disposable service that it made, as long as it lives: " +
        "let go of the provider, or register the DisposableConnection as scoped and resolve it from a scope.",
        Leak.LetGo);

    // The provider that a singleton gets is the root scope, which nobody can dispose.
    [Fact]
    [Leaks(typeof(ServiceProvider), "a singleton resolved it from its `IServiceProvider`", "a scope of its own, and `Dispose()` of it")]
    public void A_disposable_service_that_a_singleton_resolved_gets_a_scope_of_its_own() => Leak.IsMended(
        () => Leak.Hold(Factories().GetRequiredService<Factory>()).Make(),
        "A scope keeps its services as long as it lives, disposed or not: resolve the DisposableConnection from a scope of its "
        + "own, dispose that scope, and let go of it.",
        () => { },
        mended: () => Leak.Hold(Factories().GetRequiredService<Factory>()).MakeInScope());

    [Fact]
    [Leaks(typeof(ServiceProvider), "a singleton holds it", "let go of the provider")]
    public void The_service_is_named_and_not_the_object_behind_it() => Leak.IsMended(
        () => Leak.Hold(new ServiceCollection().AddSingleton<Session>().BuildServiceProvider()).GetRequiredService<Session>().Connection,
        "A service provider keeps its singletons, and every disposable service that it made, as long as it lives: " +
        "let go of the provider, or register the Session as scoped and resolve it from a scope.",
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(ILifetimeScope), "it is a service of a lifetime scope", "`Dispose()` of the scope")]
    public void An_autofac_scope_lets_go_when_it_is_disposed() => Leak.IsMended(
        () =>
        {
            var builder = new ContainerBuilder();
            _ = builder.RegisterType<DisposableConnection>().InstancePerLifetimeScope();
            return Leak.Hold(builder.Build().BeginLifetimeScope()).Resolve<DisposableConnection>();
        },
        "A lifetime scope keeps its shared services, and every disposable service that it made, until it is disposed: dispose " +
        "the scope when the DisposableConnection is done, or resolve the DisposableConnection from a scope of its own.",
        () => Leak.Holder<ILifetimeScope>().Dispose());

    // The report blames the program's own reference, and not the container.
    [Fact]
    [Leaks(typeof(ServiceProvider), "a singleton has it in a list", "`Clear()` of the list")]
    public void A_service_that_keeps_something_itself_is_to_blame_and_not_its_container() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new ServiceCollection().AddSingleton<Registry>().BuildServiceProvider())
                .GetRequiredService<Registry>().Connections
                .Add(connection);
            return connection;
        },
        "An element was added to Connections of Registry and never removed: remove it when the Connection is done.",
        () => Leak.Holder<IServiceProvider>().GetRequiredService<Registry>().Connections.Clear());

    private static void IsFreeWithItsScope<T>()
        where T : Connection => Leak.IsMended(
        () => Leak.Hold(Provider(typeof(T), ServiceLifetime.Scoped).CreateScope()).ServiceProvider.GetRequiredService<T>(),
        $"A scope keeps its services as long as it lives, disposed or not: resolve the {typeof(T).Name} from a scope of its own, "
        + "dispose that scope, and let go of it.",
        () =>
        {
            Leak.Holder<IServiceScope>().Dispose();
            Leak.LetGo();
        });

    private static ServiceProvider Provider(Type service, ServiceLifetime lifetime)
    {
        IServiceCollection services = new ServiceCollection();
        services.Add(new ServiceDescriptor(service, service, lifetime));
        return services.BuildServiceProvider();
    }

    private static ServiceProvider Factories() =>
        new ServiceCollection().AddSingleton<Factory>().AddTransient<DisposableConnection>().BuildServiceProvider();

    private sealed class Factory(IServiceProvider services)
    {
        public DisposableConnection Make() => services.GetRequiredService<DisposableConnection>();

        public DisposableConnection MakeInScope()
        {
            using IServiceScope scope = services.CreateScope();
            return scope.ServiceProvider.GetRequiredService<DisposableConnection>();
        }
    }

    private sealed class Session
    {
        public Connection Connection { get; } = new();
    }

    private sealed class Registry
    {
        public List<Connection> Connections { get; } = [];
    }
}
