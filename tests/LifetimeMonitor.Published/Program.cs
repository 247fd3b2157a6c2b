using LifetimeMonitoring;
using LifetimeMonitoring.Published;
using LifetimeMonitoring.Reports;

// One dead object and one held object, in an application that was published as one file, trimmed, or as native code
// (.ci/run does all three). The verdicts are the same everywhere; the second report must contain the argument.
LifetimeReport dead = LifeTimeMonitor.Track(() => new object()).Check();
LifetimeReport held = LifeTimeMonitor.Track(() => Holder.Held = new Kept()).Check();
Console.WriteLine(dead);
Console.WriteLine(held);
bool isRight = dead.Verdict == LifetimeVerdict.Dead
    && held.Verdict == (held.Paths.Count > 0 ? LifetimeVerdict.Retained : LifetimeVerdict.Alive);
return isRight && held.ToString().Replace("\n  ", " ", StringComparison.Ordinal).Contains(args[0], StringComparison.Ordinal) ? 0 : 1;
