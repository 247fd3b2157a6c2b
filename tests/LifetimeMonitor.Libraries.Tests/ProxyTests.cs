using Castle.DynamicProxy;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class ProxyTests
{
    private static readonly ProxyGenerator s_generator = new();

    [Fact]
    [Leaks(typeof(ProxyGenerator), "it is the target of a proxy", "let go of the proxy")]
    public void A_proxy_keeps_its_target() => Leak.IsMended(
        () =>
        {
            var target = new Target();
            _ = Leak.Hold(s_generator.CreateInterfaceProxyWithTarget<IDisposable>(target, new Interceptor()));
            return target;
        },
        "A static field lives as long as the program, and so does every object that it leads to: let go of one of these "
        + "references when the Target is done.",
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(ProxyGenerator), "it is an interceptor of a proxy", "let go of the proxy")]
    public void A_proxy_keeps_its_interceptors() => Leak.IsMended(
        () =>
        {
            var interceptor = new Interceptor();
            _ = Leak.Hold(s_generator.CreateInterfaceProxyWithTarget<IDisposable>(new Target(), interceptor));
            return interceptor;
        },
        "A static field lives as long as the program, and so does every object that it leads to: let go of one of these "
        + "references when the Interceptor is done.",
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(ProxyGenerator), "it is the selector in the options of the first proxy of a type", "a selector without the object")]
    public void The_options_of_the_first_proxy_of_a_type_are_kept_with_the_type() => Leak.IsMended(
        () =>
        {
            var selector = new Selector();
            Create(new ProxyGenerationOptions { Selector = selector });
            return selector;
        },
        "DynamicProxy keeps the options of the first proxy of each type as long as the program runs: give it options that do "
        + "not lead to the Selector.",
        () => { },
        mended: () =>
        {
            Create(new ProxyGenerationOptions());
            return new Selector();
        });

    private static void Create(ProxyGenerationOptions options) =>
        _ = s_generator.CreateInterfaceProxyWithTarget<IDisposable>(new Target(), options, new Interceptor());

    private sealed class Target : IDisposable
    {
        public void Dispose()
        {
        }
    }

    private sealed class Interceptor : IInterceptor
    {
        public void Intercept(IInvocation invocation) => invocation.Proceed();
    }

    private sealed class Selector : IInterceptorSelector
    {
        public IInterceptor[] SelectInterceptors(Type type, System.Reflection.MethodInfo method, IInterceptor[] interceptors) => interceptors;
    }
}
