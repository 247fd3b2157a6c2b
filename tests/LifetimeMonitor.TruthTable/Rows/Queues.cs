using System.Collections.Concurrent;
using System.Threading.Channels;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Queues
{
    private static readonly Queue<Leaked> s_queue = new();
    private static readonly Stack<Leaked> s_stack = new();
    private static readonly PriorityQueue<Leaked, int> s_byPriority = new();
    private static readonly ConcurrentQueue<Leaked> s_concurrent = new();
    private static readonly Channel<Leaked> s_channel = Channel.CreateUnbounded<Leaked>();

    public static Row[] Rows => [Queue, Stack, PriorityQueue, ConcurrentQueue, WaitingInChannel];

    private static Row Queue => Row.Of("Queue", s_queue.Enqueue, _ => s_queue.Dequeue());

    private static Row Stack => Row.Of("Stack", s_stack.Push, _ => s_stack.Pop());

    private static Row PriorityQueue => Row.Of("PriorityQueue", leaked => s_byPriority.Enqueue(leaked, 17), _ => s_byPriority.Dequeue());

    private static Row ConcurrentQueue => Row.Of("ConcurrentQueue", s_concurrent.Enqueue, _ => s_concurrent.TryDequeue(out Leaked? _));

    private static Row WaitingInChannel => Row.Of(
        "item waiting in a channel",
        leaked => s_channel.Writer.TryWrite(leaked),
        _ => s_channel.Reader.TryRead(out Leaked? _));
}
