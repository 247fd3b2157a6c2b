using LifetimeMonitoring;
using LifetimeMonitoring.Reports;
using Quickstart;

MainWindow owner = WindowManager.Open(new MainWindow());

// Track makes and uses the dialogs, so no local variable of this method can hold them.
Console.WriteLine("A dialog that was hidden:\n");
LifeTimeMonitor hidden = LifeTimeMonitor.Track(() => new Dialog(owner), use: dialog => dialog.Hide());
bool leaked = false;
try
{
    hidden.AssertDead();
}
catch (ObjectNotDeadException e)
{
    leaked = true;
    Console.WriteLine(e.Message);
}

Console.WriteLine("\nA dialog that was closed:\n");
LifeTimeMonitor closed = LifeTimeMonitor.Track(() => new Dialog(owner), use: dialog => dialog.Close());
LifetimeReport report = closed.Check();
Console.WriteLine(report);

// Exit code for the build: 0 when the first dialog leaked and the second one is dead.
return leaked && report.Verdict == LifetimeVerdict.Dead ? 0 : 1;
