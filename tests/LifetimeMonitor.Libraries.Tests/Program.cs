using LifetimeMonitoring.Libraries.Tests;
using Xunit.Runner.InProc.SystemConsole;

// `markdown` prints the page when all tests have passed; the tests do not compare it then.
if (args is not ["markdown"]) return await ConsoleRunner.Run(args);
Page.IsCompared = false;
TextWriter page = Console.Out;
Console.SetOut(Console.Error);
int result = await ConsoleRunner.Run(["-class-", typeof(PageTests).FullName!]);
if (result == 0) await page.WriteAsync(Page.Text);
return result;
