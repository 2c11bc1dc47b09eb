Console.WriteLine("Stemma");
