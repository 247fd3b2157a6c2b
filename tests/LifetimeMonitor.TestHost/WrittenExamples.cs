using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Dataflow;

namespace LifetimeMonitoring.TestHost;

/// <summary>Objects of types that the compiler generates, and objects that wait.</summary>
internal static class WrittenExamples
{
    private static readonly TaskCompletionSource s_never = new();
    private static readonly IReadOnlyList<object> s_one = [new object()], s_two = [new object(), new object()];
    private static readonly (object First, object Second) s_pair = (new(), new());

    public static object Make()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Context());
        object value = new();
        object[] made =
        [
            Wait(value), WaitForValue(value).AsTask(), WaitPooled(value).AsTask(), Read(value), End(value).Result,
            Local(value), (Func<Task>)(async () => await Wait(value)), new Hidden(value), s_one, s_two, s_pair,
            new { Value = value }, new List<object> { value }.Where(v => v != value), new[] { value }.Select(v => v),
            ((IEnumerable<object>)new List<object> { value }).GetEnumerator(), Dynamic(value),
            DispatchProxy.Create<IDisposable, Proxy>(), (Expression<Func<object>>)(() => value),
            new Dictionary<string, object> { ["a"] = value }.Values, new Lazy<Task>(() => Wait(value)),
            Task.WhenAny(s_never.Task, Wait(value)), Task.WhenAll(s_never.Task, Wait(value)),
            s_never.Task.ContinueWith(_ => value, TaskScheduler.Default), new BufferBlock<object>(),
            new PeriodicTimer(TimeSpan.FromDays(1)), new SemaphoreSlim(0).WaitAsync(), Rows(value).GetEnumerator(),
            Tuple.Create(1, 2, 3, 4, 5, 6, 7, value),
        ];
        SynchronizationContext.SetSynchronizationContext(before);
        return made;
    }

    private static async Task Wait(object value)
    {
        await s_never.Task;
        GC.KeepAlive(value);
    }

    private static async ValueTask<object> WaitForValue(object value)
    {
        await s_never.Task;
        return value;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask WaitPooled(object value)
    {
        await s_never.Task.ConfigureAwait(false);
        GC.KeepAlive(value);
    }

    private static async Task<object> End(object value)
    {
        await Task.CompletedTask;
        return Task.FromResult(value);
    }

    private static async Task Read(object value)
    {
        await foreach (object item in Items(value)) GC.KeepAlive(item);
    }

    private static async IAsyncEnumerable<object> Items(object value)
    {
        await s_never.Task;
        yield return value;
    }

    private static IEnumerable<object> Rows(object value)
    {
        foreach ((int number, object item) in new[] { (1, value) }) yield return (number, item);
    }

    private static Func<object> Local(object value)
    {
        return Own;

        object Own() => value;
    }

    private static object Dynamic(dynamic value) => value.ToString();

    private sealed class Context : SynchronizationContext;

    internal class Proxy : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }
}

file sealed class Hidden(object value)
{
    public object Value => value;
}
