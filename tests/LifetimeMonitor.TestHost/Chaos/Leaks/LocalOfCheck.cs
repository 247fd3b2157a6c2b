using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>Held by a local variable of the thread that checks, also inside a catch block.</summary>
internal sealed class LocalOfCheck(bool isInCatchBlock) : Leak
{
    public override Expectation Expected => new(
        LifetimeVerdict.StackOnly,
        RootKind.Stack,
        $"local of LocalOfCheck.Hold (*) on thread {Environment.CurrentManagedThreadId} *");

    public override bool IsLocalOfCheck => true;

    public override LifeTimeMonitor Make() => throw new NotSupportedException("the check itself holds it");

    public override Answer CheckWith(Func<LifeTimeMonitor, Answer> check)
    {
        if (!isInCatchBlock) return Hold(check);
        try
        {
            throw new InvalidOperationException("handled while the check runs");
        }
        catch (InvalidOperationException)
        {
            return Hold(check);
        }
    }

    public override void LetGo()
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Answer Hold(Func<LifeTimeMonitor, Answer> check)
    {
        var local = new Leaked();
        Answer answer = check(new LifeTimeMonitor(local));
        GC.KeepAlive(local);
        return answer;
    }
}
