using LifetimeMonitor;
using LifetimeMonitor.Published;

// One dead object and one that is held, in an application that was published as one file, trimmed, or as native code (.ci/run does
// all three). The verdicts are the same everywhere; the argument is what the second report must contain.
LifetimeReport dead = LifeTimeMonitor.Track(() => new object()).Check();
LifetimeReport held = LifeTimeMonitor.Track(() => Holder.Held = new Kept()).Check();
Console.WriteLine(dead);
Console.WriteLine(held);
bool isRight = dead.Verdict == LifetimeVerdict.Dead && held.Verdict == LifetimeVerdict.Retained;
return isRight && held.ToString().Replace("\n  ", " ", StringComparison.Ordinal).Contains(args[0], StringComparison.Ordinal) ? 0 : 1;
