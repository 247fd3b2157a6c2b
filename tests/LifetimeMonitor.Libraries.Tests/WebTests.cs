using Bunit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ObjectPool;
using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class WebTests
{
    [Fact]
    [Leaks(typeof(WebApplication), "it is a singleton of a web application", "`DisposeAsync()`, and let go of the application")]
    public void A_web_application_is_disposed_and_let_go_of() => Leak.IsMended(
        () =>
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            _ = builder.Services.AddSingleton<Connection>();
            return Leak.Hold(builder.Build()).Services.GetRequiredService<Connection>();
        },
        "A host keeps its services as long as it lives, disposed or not: when the Connection is done, dispose the host and let go of it.",
        () =>
        {
            Leak.Holder<WebApplication>().DisposeAsync().AsTask().Wait();
            Leak.LetGo();
        });

    [Fact]
    [Leaks(typeof(HttpContextAccessor), "`Items` of the current `HttpContext` has it", "`HttpContext = null`")]
    public void A_context_of_a_request_is_set_to_null() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new HttpContextAccessor()).HttpContext = new DefaultHttpContext { Items = { ["connection"] = connection } };
            return connection;
        },
        "An AsyncLocal value went along with the execution context: set it to null when it is no longer needed, or start "
        + "long-lived work under ExecutionContext.SuppressFlow().",
        () => Leak.Holder<HttpContextAccessor>().HttpContext = null);

    [Fact]
    [Leaks(typeof(IJSRuntime), "JavaScript has a `DotNetObjectReference` to it", "`Dispose()` of the reference")]
    public void A_reference_of_java_script_is_disposed()
    {
        WeakReference? reference = null;
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                DotNetObjectReference<Connection> shared = DotNetObjectReference.Create(connection);
                reference = new WeakReference(shared);
                _ = Leak.Hold(new Script()).InvokeVoidAsync("call", shared).AsTask();
                return connection;
            },
            "A DotNetObjectReference keeps its object until it is disposed: when the Connection is done, dispose it and let go of it.",
            () => ((IDisposable)reference!.Target!).Dispose());
    }

    [Fact]
    [Leaks(typeof(ObjectPool), "it was returned to an `ObjectPool`", "let go of the pool")]
    public void An_object_pool_keeps_its_objects() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(ObjectPool.Create<Connection>()).Return(connection);
            return connection;
        },
        "A static field lives as long as the program, and so does every object that it leads to: let go of one of these "
        + "references when the Connection is done.",
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(BunitContext), "it is a component that was rendered", "`DisposeComponentsAsync()`")]
    public void A_rendered_component_is_disposed() => Leak.IsMended(
        () => Leak.Hold(new BunitContext()).Render<Page>().Instance,
        "A BunitContext keeps the components that it rendered: call DisposeComponentsAsync() when the Page is done.",
        () => Leak.Holder<BunitContext>().DisposeComponentsAsync().Wait());

    [Fact]
    [Leaks(typeof(BunitContext), "it is a service of the context", "`Dispose()` of the context, and let go of it")]
    public void A_service_of_the_context_of_a_component_goes_with_it() => Leak.IsMended(
        () =>
        {
            BunitContext context = Leak.Hold(new BunitContext());
            _ = context.Services.AddSingleton<Connection>();
            return context.Services.GetRequiredService<Connection>();
        },
        "The BunitContext keeps it: when the Connection is done, dispose the BunitContext and let go of it.",
        () =>
        {
            Leak.Holder<BunitContext>().Dispose();
            Leak.LetGo();
        });

    [Fact]
    [Leaks(typeof(NavigationManager), "a component handles `NavigationManager.LocationChanged`", "`-=` the handler")]
    public void A_component_that_handles_a_change_of_the_location_removes_its_handler()
    {
        WeakReference? page = null;
        Leak.IsMended(
            () =>
            {
                BunitContext context = Leak.Hold(new BunitContext());
                Page rendered = context.Render<Page>().Instance;
                rendered.Watch(context.Services.GetRequiredService<NavigationManager>());
                page = new WeakReference(rendered);
                context.DisposeComponentsAsync().Wait();
                return rendered;
            },
            "WebTests.Page.OnLocationChanged was added to event LocationChanged of BunitNavigationManager and never removed: "
            + "unsubscribe when the Page is done.",
            () => ((Page)page!.Target!).Unwatch(Leak.Holder<BunitContext>().Services.GetRequiredService<NavigationManager>()));
    }

    private sealed class Page : ComponentBase
    {
        public void Watch(NavigationManager navigation) => navigation.LocationChanged += OnLocationChanged;

        public void Unwatch(NavigationManager navigation) => navigation.LocationChanged -= OnLocationChanged;

        private void OnLocationChanged(object? sender, Microsoft.AspNetCore.Components.Routing.LocationChangedEventArgs e) => StateHasChanged();
    }

    private sealed class Script : JSRuntime
    {
        protected override void BeginInvokeJS(long taskId, string identifier, string? argsJson, JSCallResultType resultType, long targetInstanceId) =>
            DotNetDispatcher.EndInvokeJS(this, $"[{taskId},true,null]");

        protected override void EndInvokeDotNet(DotNetInvocationInfo invocationInfo, in DotNetInvocationResult invocationResult)
        {
        }
    }
}
